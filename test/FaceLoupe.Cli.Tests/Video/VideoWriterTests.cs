using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Video;

public sealed class VideoWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-video-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_video_whose_end_does_not_fit_on_the_disk_is_not_taken_for_whole()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs a shell.");
            return;
        }

        // As ffmpeg 5.1 on a full disk: an error message, half a file, and exit code 0.
        var ffmpeg = Path.Combine(_folder.FullName, "ffmpeg");
        File.WriteAllText(ffmpeg, """
            #!/bin/sh
            cat > /dev/null
            for file; do :; done
            echo half > "${file#file:}"
            echo "Error writing trailer of $file: No space left on device" >&2
            """);
        File.SetUnixFileMode(ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var target = Path.Combine(_folder.FullName, "new", "a.mp4");
        var info = new VideoInfo(0, new FrameRate(10, 1), 0, null, null, null);
        using (var writer = new VideoWriter(new FfmpegTools(ffmpeg, ffmpeg), target, info, 8, 8, sound: null))
        {
            writer.Write(new Picture(8, 8), 0);
            Should.Throw<FaceLoupeException>(writer.Finish).Message
                .ShouldBe($"{target}: cannot be written: no space left on device; make room or give another place.");
        }

        Directory.GetFiles(Path.GetDirectoryName(target)!).ShouldBeEmpty();
    }

    [Fact]
    public void a_place_that_cannot_be_written_is_reported_before_anything_is_encoded()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        var info = new VideoInfo(0, new FrameRate(10, 1), 0, null, null, null);

        Should.Throw<FaceLoupeException>(() => new VideoWriter(
                new FfmpegTools("none", "none"), Path.Combine(file, "a.mp4"), info, 8, 8, sound: null))
            .Message.ShouldEndWith("; give another place.");
    }
}
