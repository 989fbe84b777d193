using FaceLoupe.Cli.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>An image that takes too long fails, and the next one is processed.</summary>
public sealed class PictureTimeTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("detect")]
    [InlineData("blur")]
    public void a_picture_that_takes_too_long_fails_and_the_next_one_is_begun(string verb)
    {
        // 40 million pixels of a file of a few kB.
        var bomb = _scenes.PathOf("in/a.png");
        Directory.CreateDirectory(_scenes.PathOf("in"));
        PictureFile.Write(new Picture(8_000, 5_000), bomb);
        var small = _scenes.Save("in/b.png");
        string[] output = verb == "blur" ? ["--out", _scenes.PathOf("out")] : [];

        var call = CliCall.Run(
            [verb, bomb, small, .. output, "--timeout", "0.3", "--jobs", "0", "--model", TinyModel.Folder]);

        call.Faults[0]
            .ShouldBe($"faceloupe: {bomb}: took longer than the 0.3 s of --timeout and was cancelled; raise "
            + "--timeout, or shrink the image.");
        call.ExitCode.ShouldBe(call.Faults.Length == 1 ? 1 : 2);
    }

    [Fact]
    public void within_the_time_nothing_changes()
    {
        var time = PictureTime.OfSeconds(60);
        time.Within("a", _ => 7, CancellationToken.None).ShouldBe(7);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => time.Within(
            "a",
            end =>
            {
                end.ThrowIfCancellationRequested();
                return 0;
            },
            stop.Token));
        PictureTime.OfSeconds(0).Limit.ShouldBeNull();
    }
}
