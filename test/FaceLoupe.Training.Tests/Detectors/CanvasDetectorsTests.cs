using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Tests.Samples;

namespace FaceLoupe.Training.Tests.Detectors;

public sealed class CanvasDetectorsTests
{
    [Fact]
    public void what_is_no_detector_is_refused() => Should.Throw<FaceLoupeException>(() => new CanvasDetectors(
        [RepositoryRoot.Combine("models", "compact", "generator.onnx")], 2)).Message
        .ShouldContain("not a face detector that can be read");

    [Fact]
    public void options_name_at_least_one_detector()
    {
        OptionFaults.Of(new CanvasDetectorOptions()).ShouldHaveSingleItem()
            .ShouldContain("files must name one or more");
        OptionFaults.Of(new CanvasDetectorOptions { Files = ["a.onnx"] }).ShouldBeEmpty();
    }

    /// <summary>Who does not see a face counts as 0: two that both see all of them are as sure as one.</summary>
    [Fact]
    public void scores_are_the_mean_over_all_detectors()
    {
        var file = SharedData.PathOrSkip("peers/yunet_n_dynamic.onnx");
        var picture = PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927-small.jpg"));
        using var one = new CanvasDetectors([file], 2);
        using var two = new CanvasDetectors([file, file], 2);

        var alone = one.Detect(picture);
        alone.Count(face => face.Score > 0.5).ShouldBeGreaterThan(20);
        two.Detect(picture).Take(20).Select(face => face.Score)
            .ShouldBe(alone.Take(20).Select(face => face.Score), 1e-6);
    }
}
