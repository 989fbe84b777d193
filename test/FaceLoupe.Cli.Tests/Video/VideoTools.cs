using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Video;

/// <summary>The system's ffmpeg, which a test is skipped without.</summary>
internal static class VideoTools
{
    public static FfmpegTools OrSkip()
    {
        try
        {
            return FfmpegTools.Find(null);
        }
        catch (FaceLoupeException)
        {
            Assert.Skip("ffmpeg and ffprobe are not on PATH: this test wants them.");
            throw;
        }
    }

    /// <summary>Runs ffmpeg and expects it to succeed.</summary>
    public static void Ffmpeg(this FfmpegTools tools, params string[] arguments)
    {
        using var process = new FfmpegProcess(tools.Ffmpeg, ["-v", "error", "-nostdin", "-y", .. arguments]);
        using var output = new StreamReader(process.Output);
        output.ReadToEnd();
        process.Wait().ShouldBe(0, process.LastComplaint);
    }

    /// <summary>What ffprobe says of a file.</summary>
    public static string Probe(this FfmpegTools tools, params string[] arguments)
    {
        using var process = new FfmpegProcess(tools.Ffprobe, ["-v", "error", "-of", "default=nw=1", .. arguments]);
        using var output = new StreamReader(process.Output);
        var text = output.ReadToEnd();
        process.Wait().ShouldBe(0, process.LastComplaint);
        return text.ReplaceLineEndings("\n").Trim();
    }

    /// <summary>All frames of a video.</summary>
    public static Picture[] Frames(this FfmpegTools tools, string path)
    {
        using var reader = new VideoReader(tools, path, VideoInfo.Read(tools, path));
        return [.. reader.Frames()];
    }
}
