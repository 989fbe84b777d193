using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Tests.Video;

public sealed class FfmpegToolsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-tools-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_folder_or_the_program_itself_can_be_given()
    {
        var (ffmpeg, ffprobe) = (Make("ffmpeg"), Make("ffprobe"));

        FfmpegTools.Find(_folder.FullName).ShouldBe(new FfmpegTools(ffmpeg, ffprobe));
        FfmpegTools.Find(ffmpeg).ShouldBe(new FfmpegTools(ffmpeg, ffprobe));
    }

    [Fact]
    public void what_is_missing_is_reported()
    {
        Fault(_folder.FullName).ShouldContain("neither ffmpeg nor a folder");
        Fault(Path.Combine(_folder.FullName, "none")).ShouldContain("neither ffmpeg nor a folder");
        Fault(Make("ffmpeg")).ShouldContain("no ffprobe beside it");
    }

    private static string Fault(string given) =>
        Should.Throw<FaceLoupeException>(() => FfmpegTools.Find(given)).Message;

    private string Make(string name)
    {
        var path = Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? name + ".exe" : name);
        File.WriteAllText(path, "");
        return path;
    }
}
