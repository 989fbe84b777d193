using System.Formats.Tar;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Isolation;

/// <summary><c>detect --isolate</c> and <c>blur --isolate</c>.</summary>
public sealed class IsolateTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void what_is_found_and_hidden_stays_the_same()
    {
        var (first, second) = (_scenes.Save("in/a.png"), _scenes.Save("in/b.jpg", face: false));

        var own = DetectScenes.Detect(first, second);
        var isolated = DetectScenes.Detect(first, second, "--isolate");
        isolated.ExitCode.ShouldBe(0, isolated.Error);
        isolated.Output.ShouldBe(own.Output);

        var input = File.ReadAllBytes(first);
        DetectScenes.Detect(input, "-", "--isolate").Output.ShouldBe(DetectScenes.Detect(input, "-").Output);

        Blur(first, "own.png").ExitCode.ShouldBe(0);
        Blur(first, "isolated.png", "--isolate").ExitCode.ShouldBe(0);
        File.ReadAllBytes(_scenes.PathOf("isolated.png")).ShouldBe(File.ReadAllBytes(_scenes.PathOf("own.png")));
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("blur")]
    public void a_picture_beyond_the_memory_is_one_failed_file_and_the_run_goes_on(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux keeps the limit.");
        var bomb = _scenes.PathOf("in/a.png");
        Directory.CreateDirectory(_scenes.PathOf("in"));
        PictureFile.Write(new Picture(9_000, 8_000), bomb);
        var sound = _scenes.Save("in/b.png");
        string[] output = verb == "blur" ? ["--out", _scenes.PathOf("out")] : [];

        var call = CliCall.Run(
            [verb, bomb, sound, .. output, "--isolate", "--isolate-memory", "300", "--model", TinyModel.Folder]);

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldStartWith($"faceloupe: {bomb}: ");
        call.Faults[0].ShouldContain("memory");
    }

    [Fact]
    public void pictures_of_tar_files_are_decoded_in_the_worker_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux keeps the limit.");
        var path = _scenes.PathOf("00000.tar");
        using (var tar = new TarWriter(File.Create(path)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "bomb.png")
            {
                DataStream = new MemoryStream(PictureFile.Encode(new Picture(9_000, 8_000), PictureFormat.Png)),
            });
        }

        var call = DetectScenes.Detect(
            path, "--out", _scenes.PathOf("out"), "--format", "jsonl", "--isolate", "--isolate-memory", "300");

        call.Faults.ShouldHaveSingleItem().ShouldContain("bomb.png: ");
        call.Faults[0].ShouldContain("memory");
    }

    [Fact]
    public void decoding_that_takes_too_long_is_ended()
    {
        // 100 million pixels take longer than that.
        var bomb = _scenes.PathOf("a.png");
        PictureFile.Write(new Picture(10_000, 10_000), bomb);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var call = DetectScenes.Detect(bomb, "--isolate", "--timeout", "0.2");

        call.ExitCode.ShouldBe(2);
        call.Faults.ShouldHaveSingleItem().ShouldContain("took longer than the 0.2 s of --timeout");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void memory_without_isolation_is_refused() => DetectScenes.Detect("a.png", "--isolate-memory", "1000")
        .ShouldBeRefused("--isolate-memory is for --isolate; give that too.");

    private CliCall Blur(string input, string output, params string[] more) =>
        CliCall.Run(["blur", input, "--out", _scenes.PathOf(output), .. more, "--model", TinyModel.Folder]);
}
