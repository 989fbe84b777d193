using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Tests.Samples;

namespace FaceLoupe.Training.Tests.Detectors;

public sealed class CanvasDetectorsTests
{
    [Fact]
    public void a_file_of_another_network_is_refused() => Should.Throw<FaceLoupeException>(() => new CanvasDetectors(
        [Look(RepositoryRoot.Combine("models", "compact", "generator.onnx"))])).Message
        .ShouldContain("not a face detector that can be read");

    [Fact]
    public void options_name_at_least_one_detector()
    {
        OptionFaults.Of(new CanvasDetectorOptions()).ShouldHaveSingleItem()
            .ShouldContain("files must name one or more");
        OptionFaults.Of(new CanvasDetectorOptions { Files = ["a.onnx"] }).ShouldBeEmpty();
        OptionFaults.Of(new CanvasDetectorOptions { Views = [Look("a.onnx")] }).ShouldBeEmpty();
        OptionFaults.Of(new CanvasDetectorOptions { Views = [Look(" ")] }).ShouldHaveSingleItem()
            .ShouldContain("must name a face detector");
    }

    [Fact]
    public void files_look_once_at_the_scale_of_all_and_views_at_their_own() => new CanvasDetectorOptions
    {
        Files = ["a.onnx"],
        Scale = 3,
        Views = [Look("b.onnx")],
    }.Looks.ShouldBe([Look("a.onnx") with { Scale = 3 }, Look("b.onnx")]);

    /// <summary>Who does not see a face counts as 0: two that both see all of them are as sure as one.</summary>
    [Fact]
    public void scores_are_the_mean_over_all_looks()
    {
        using var one = new CanvasDetectors([Look(YuNet)]);
        using var two = new CanvasDetectors([Look(YuNet), Look(YuNet)]);

        var alone = one.Detect(Sample);
        alone.Count(face => face.Score > 0.5).ShouldBeGreaterThan(20);
        two.Detect(Sample).Take(20).Select(face => face.Score).ShouldBe(
            alone.Take(20).Select(face => face.Score), 1e-6);
    }

    /// <summary>A mirrored look finds the faces where they are, not where it sees them.</summary>
    [Fact]
    public void boxes_of_a_mirrored_look_are_mirrored_back()
    {
        using var straight = new CanvasDetectors([Look(YuNet)]);
        using var mirrored = new CanvasDetectors([Look(YuNet) with { Mirrored = true }]);

        var faces = straight.Detect(Sample).Where(face => face.Score > 0.6).ToArray();
        faces.Length.ShouldBeGreaterThan(20);
        var found = mirrored.Detect(Sample);
        faces.Count(face => found.Any(other => Overlap.IoU(face.Box, other.Box) > 0.5))
            .ShouldBeGreaterThan(faces.Length * 9 / 10);
    }

    private static string YuNet => SharedData.PathOrSkip("peers/yunet_n_dynamic.onnx");

    private static Picture Sample => PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927-small.jpg"));

    private static CanvasViewOptions Look(string file) => new() { File = file };
}
