using FaceLoupe.Models;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public sealed class CalibrationRunTests
{
    private static readonly DetectionSection Start = new() { Scales = [new(1)] };

    // Ten faces of falling scores, the last of which nobody proposes, with a wrong box between each two.
    private static readonly CandidateSet Ladder = CandidateSet.Of("ladder", [Scenes.Picture(10,
    [
        .. Enumerable.Range(0, 9).Select(i => Scenes.At(i, 9 - i, 9 - i)),
        .. Enumerable.Range(0, 9).Select(i => Scenes.At(20 + i, 4.5f - i, 4.5f - i)),
    ])]);

    [Fact]
    public void thresholds_find_the_share_they_promise()
    {
        var output = new StringWriter();

        var detection = Run(0.5, 0.8, 0.99).Fit([Ladder], Start, output);

        // 0.99 is beyond reach: 0.9 is said
        detection.OperatingPoints.Select(point => point.Recall).ShouldBe([0.5f, 0.8f, 0.9f]);
        detection.OperatingPoints.ShouldAllBe(point => point.MeasuredOn == "ladder");
        foreach (var point in detection.OperatingPoints)
        {
            var kept = Ladder.Fuse(detection.Fusion, Start.FinalNms).Single().Predictions
                .Where(box => 1 / (1 + Math.Exp(-box.Score)) >= point.Threshold).ToArray();
            kept.Count(box => box.Box.X < 1000).ShouldBe((int)Math.Round(10 * point.Recall));
            kept.Count(box => box.Box.X >= 1000).ShouldBe((int)point.FalseAlarmsPerPicture);
        }

        output.ToString().ShouldContain("recall 0.900");
    }

    [Fact]
    public void masks_hide_what_their_thresholds_promise()
    {
        // A box beside a face: its mask hides it, though the box does not fit.
        var beside = new Candidate(Scenes.Face(9).Translate(3.6f, 0), -12, -12, default, false);
        var set = CandidateSet.Of("ladder", [Scenes.Picture(10,
        [
            .. Enumerable.Range(0, 9).Select(i => Scenes.At(i, 9 - i, 9 - i)),
            .. Enumerable.Range(0, 9).Select(i => Scenes.At(20 + i, 4.5f - i, 4.5f - i)),
            beside,
        ])]);

        var output = new StringWriter();
        var detection = (Run(0.9, 0.99) with { Hidden = [0.5, 0.99] }).Fit([set], Start, output);

        detection.OperatingPoints.Select(point => point.Recall).ShouldBe([0.9f]);
        detection.MaskingPoints.Select(point => point.Recall).ShouldBe([0.5f, 0.99f]);
        detection.MaskingPoints.Select(point => point.FalseAlarmsPerPicture).ShouldBe([0, 9]);
        detection.MaskingPoints[1].Threshold.ShouldBeLessThan(detection.OperatingPoints[0].Threshold);
        output.ToString().ShouldContain("hidden 0.990");
    }

    [Fact]
    public void a_share_that_is_the_most_there_is_is_said_once() =>
        Run(0.9, 0.95, 0.99).Fit([Ladder], Start, TextWriter.Null).OperatingPoints.Select(point => point.Recall)
            .ShouldBe([0.9f]);

    [Fact]
    public void the_default_threshold_has_the_best_f1()
    {
        var detection = Run(0.5).Fit([Ladder], Start, TextWriter.Null);

        // By hand: 5 right and no wrong give 10 / 15; 9 right and 4 wrong 18 / 23, the best.
        var kept = Ladder.Fuse(detection.Fusion, Start.FinalNms).Single().Predictions
            .Where(box => 1 / (1 + Math.Exp(-box.Score)) >= detection.Threshold).ToArray();
        kept.Count(box => box.Box.X < 1000).ShouldBe(9);
        kept.Count(box => box.Box.X >= 1000).ShouldBe(4);
    }

    [Fact]
    public void where_stage_2_was_not_asked_its_expected_logit_counts()
    {
        // On what it looked at, stage 2 says twice what stage 1 says, and 1.
        var set = CandidateSet.Of("some", [Scenes.Picture(
            2, Scenes.At(0, 2, 5), Scenes.At(1, 1, 3), Scenes.At(2, 0, 1), new Candidate(
                Scenes.Face(3), -3, null, default, false))]);

        var detection = Run(0.5).Fit([set], Start, TextWriter.Null);

        detection.Stage2Band.ShouldNotBeNull().Slope.ShouldBe(2, 1e-4f);
        detection.Stage2Band!.Offset.ShouldBe(1, 1e-4f);
        detection.Stage2Band.Low.ShouldBe(0.1f);
        set.Completed(detection.Stage2Band).Stage2Pairs.ShouldContain((-3, -5));
    }

    [Fact]
    public void impossible_shares_are_refused()
    {
        Should.Throw<FaceLoupeException>(() => Run(1.5).Run(TextWriter.Null, default)).Message.ShouldContain(
            "--recall 1.5");
        Should.Throw<FaceLoupeException>(() => (Run(0.9) with { Hidden = [0.9, 0] }).Run(TextWriter.Null, default))
            .Message.ShouldContain("--hidden 0.9 0");
        Should.Throw<FaceLoupeException>(() => (Run(0.9) with { ProposalThreshold = 0 }).Run(TextWriter.Null, default))
            .Message.ShouldContain("--proposal-threshold 0");
        Should.Throw<FaceLoupeException>(
            () => (Run(0.9) with { BandLow = 0.5f, BandHigh = 0.4f }).Run(TextWriter.Null, default))
            .Message.ShouldContain("--band-high 0.4");
    }

    private static CalibrationRun Run(params double[] recalls) => new("", [], 0.02f, 0.1f, 1, recalls, [0.9, 0.99], 0);
}
