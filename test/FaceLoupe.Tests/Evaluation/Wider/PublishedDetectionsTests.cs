using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Evaluation.Wider;

public class PublishedDetectionsTests
{
    [Fact]
    public void Published_detections_get_their_known_figures()
    {
        var folder = SharedFolder.PathOrSkip("eval/wider");
        var clock = Stopwatch.StartNew();
        var result = WiderFaceEvaluator.Evaluate(
            WiderFaceGroundTruth.Read(folder), PredictionFolder.Open(Path.Combine(folder, "detections")));
        TestContext.Current.SendDiagnosticMessage(string.Join("; ", result.Settings.Select(setting =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{setting.Setting} {setting.Official.AveragePrecision:0.00000} "
                    + $"{setting.Exact.AveragePrecision:0.00000}")))
            + FormattableString.Invariant($"; {clock.Elapsed.TotalSeconds:0.00} s"));

        (result.Pictures, result.Predictions, result.Missing.Count, result.Unknown.Count)
            .ShouldBe((3226, 123_525, 0, 0));
        result.Settings.Select(setting => setting.Faces).ShouldBe([7_211, 13_319, 31_958]);
        result.Settings.Select(setting => setting.Official.AveragePrecision).ShouldBe([0.9325, 0.9128, 0.8297], 0.0003);
        result.Settings.Select(setting => setting.Exact.AveragePrecision).ShouldBe([0.9325, 0.9128, 0.8297], 0.001);
    }
}
