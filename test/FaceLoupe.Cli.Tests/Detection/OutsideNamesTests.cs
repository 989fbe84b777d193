using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>File names by which results could leave the folder of results.</summary>
public sealed class OutsideNamesTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("detect", "--format", "yolo", "--out", "OUT")]
    [InlineData("detect", "--format", "voc", "--out", "OUT")]
    [InlineData("detect", "--format", "wider", "--out", "OUT")]
    [InlineData("detect", "--crops", "OUT")]
    [InlineData("detect", "--super-resolve", "OUT")]
    [InlineData("detect", "--annotate", "OUT")]
    [InlineData("blur", "--out", "OUT")]
    [InlineData("enhance", "--files", "--out", "OUT")]
    public void nothing_leaves_the_folder_of_results(string verb, params string[] options)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No file has such a name there.");
        string[] names = [@"..\..\notes.png", @"..\up.png", "...png", "C:drive.png", "CON.png", @"\\server\share.png"];
        foreach (var name in names)
        {
            _scenes.Save("deep/in/" + name);
        }

        Directory.CreateDirectory(_scenes.PathOf("deep/er"));
        string[] before = _scenes.FilesIn(".");
        var target = _scenes.PathOf("deep/er/out");

        var call = CliCall.Run(
        [
            verb, _scenes.PathOf("deep/in"), .. options.Select(option => option == "OUT" ? target : option),
            "--model", TinyModel.Folder,
        ]);

        string[] outside =
            [.. _scenes.FilesIn(".").Where(name => !name.StartsWith("deep/er/out/", StringComparison.Ordinal))];
        outside.ShouldBe(before);

        // "...png" without its ending is "..", which --files would need as a folder.
        call.ExitCode.ShouldBe(verb == "enhance" ? 1 : 0, call.Error);
        var files = Directory.GetFiles(target, "*notes*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(path => verb == "enhance" || Path.GetFileName(path).StartsWith(@"..\..\notes"));
    }

    [Fact]
    public void a_pattern_that_leads_out_again_calls_files_by_their_own_name()
    {
        _scenes.Save("a/in/x.png");
        _scenes.Save("b/y.png");

        var call = CliCall.Run(
            "detect", _scenes.PathOf("a/*/../../b/*.png"), "--format", "yolo", "--out", _scenes.PathOf("out/labels"),
            "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.FilesIn("out").ShouldBe(["labels/y.txt"]);
    }
}
