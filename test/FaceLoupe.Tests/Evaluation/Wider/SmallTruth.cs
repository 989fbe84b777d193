using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Evaluation.Wider;

namespace FaceLoupe.Tests.Evaluation.Wider;

/// <summary>The ground truth of <see cref="SmallBenchmark"/>.</summary>
internal static class SmallTruth
{
    public static WiderFaceGroundTruth Value { get; } = WiderFaceGroundTruth.Of(
        MatlabFile.Parse(SmallBenchmark.Files[0].Bytes, SmallBenchmark.Files[0].Name),
        [.. SmallBenchmark.Files.Skip(1).Select(file => MatlabFile.Parse(file.Bytes, file.Name))]);
}
