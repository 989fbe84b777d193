using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests;

public sealed class MemoryTests : IDisposable
{
    // Enough for the program and small images, not for a large one.
    private const string Limit = "0x3000000";

    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("detect", "in", "--json", "out.json")]
    [InlineData("blur", "in", "--out", "out")]
    [InlineData("enhance", "in", "--out", "out")]
    [InlineData("evaluate", "boxes", "--annotations", "in/bbx.txt", "--images", "in")]
    public async Task a_picture_too_large_for_the_memory_is_reported_and_the_others_go_on(params string[] args)
    {
        _scenes.Save("in/small.png");
        PictureFile.Write(new Picture(6000, 5000), _scenes.PathOf("in/large.png"));
        _scenes.Write("in/bbx.txt", "large.png\n1\n9 9 9 9\nsmall.png\n1\n9 9 9 9\n");
        var (code, error) = await CliProcess.RunAsync(
            _scenes.Folder, args, variables => variables["DOTNET_GCHeapHardLimit"] = Limit);

        code.ShouldBe(1, error);
        error.ShouldContain(
            $"faceloupe: {Path.Combine("in", "large.png")}: there is not enough memory for this image");
        error.ShouldNotContain("   at ");
    }
}
