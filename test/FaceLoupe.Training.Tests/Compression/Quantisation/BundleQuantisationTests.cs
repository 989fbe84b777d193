using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Training.Compression.Quantisation;
using FaceLoupe.Training.Tests.Fixtures;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Compression.Quantisation;

public sealed class BundleQuantisationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void an_8_bit_model_is_written_and_finds_the_same()
    {
        TinyBundle.Write(folder.Of("tiny"));
        for (var i = 0; i < 4; i++)
        {
            Paint(i);
        }

        var manifest = BundleQuantisation.Write(
            folder.Of("tiny"), folder.Of("tiny-int8"), folder.Of("pictures"), new() { MinChannels = 1, Pictures = 4 },
            log);

        manifest.Name.ShouldBe("tiny-int8");
        manifest.Training!["quantised"]!.GetValue<string>().ShouldBe("tiny 1.0.0, 4 images");
        log.ToString().ShouldContain("proposals: 1 of 5 convolutions in 8 bits");
        log.ToString().ShouldContain("generator: stays as it is");
        using var before = FaceLoupeDetector.Load(folder.Of("tiny"), new() { Threads = 1 });
        using var after = FaceLoupeDetector.Load(folder.Of("tiny-int8"), new() { Threads = 1 });
        var picture = Path.Combine(folder.Of("pictures"), "0.png");
        var expected = before.Detect(picture, TestContext.Current.CancellationToken).Faces.ShouldHaveSingleItem();
        after.Detect(picture, TestContext.Current.CancellationToken).Faces.ShouldHaveSingleItem().Score.ShouldBe(
            expected.Score, 0.05f);
    }

    [Fact]
    public void a_folder_without_pictures_is_refused()
    {
        TinyBundle.Write(folder.Of("tiny"));
        Directory.CreateDirectory(folder.Of("empty"));

        foreach (var (pictures, reported) in new[] { ("empty", "no images"), ("none", "no such folder") })
        {
            Should.Throw<FaceLoupeException>(() => BundleQuantisation.Write(
                folder.Of("tiny"), folder.Of("new"), folder.Of(pictures), new(), log)).Message.ShouldContain(reported);
        }

        Directory.Exists(folder.Of("new")).ShouldBeFalse();
    }

    // A white square of 16 px on black where an anchor is.
    private void Paint(int index)
    {
        var picture = new Picture(96, 96);
        var left = 36 + (8 * index);
        for (var y = 36; y < 52; y++)
        {
            picture.Pixels.AsSpan(picture.OffsetOf(left, y), 3 * 16).Fill(255);
        }

        PictureFile.Write(picture, Path.Combine(folder.Of("pictures"), $"{index}.png"));
    }
}
