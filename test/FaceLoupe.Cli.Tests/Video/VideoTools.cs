using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Video;

/// <summary>The system's ffmpeg; without it, tests are skipped.</summary>
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

    /// <summary>The output of ffprobe for a file.</summary>
    public static string Probe(this FfmpegTools tools, params string[] arguments)
    {
        using var process = new FfmpegProcess(tools.Ffprobe, ["-v", "error", "-of", "default=nw=1", .. arguments]);
        using var output = new StreamReader(process.Output);
        var text = output.ReadToEnd();
        process.Wait().ShouldBe(0, process.LastComplaint);
        return text.ReplaceLineEndings("\n").Trim();
    }

    /// <summary>Makes a silent video.</summary>
    public static string Make(
        this FfmpegTools tools, string path, FrameRate rate, int frames, Func<int, Picture> frame)
    {
        VideoWriter? writer = null;
        for (var i = 0; i < frames; i++)
        {
            var picture = frame(i);
            writer ??= new VideoWriter(
                tools, path, new VideoInfo(0, rate, 0, null, null, null), picture.Width, picture.Height, sound: null);
            writer.Write(picture, i / rate.Value);
        }

        writer!.Finish();
        writer.Dispose();
        return path;
    }

    /// <summary>Adds a tone of a length in seconds to a video.</summary>
    public static string WithSound(this FfmpegTools tools, string silent, string path, double seconds)
    {
        tools.Ffmpeg(
            "-i", silent, "-f", "lavfi", "-i", FormattableString.Invariant($"sine=frequency=440:duration={seconds}"),
            "-c:v", "copy", "-c:a", "aac", path);
        return path;
    }

    /// <summary>Incompressible frames, so that half of the file has about half of the frames.</summary>
    public static Picture Noise(int width, int height, int seed)
    {
        var picture = new Picture(width, height);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }

    /// <summary>All frames of a video.</summary>
    public static Picture[] Frames(this FfmpegTools tools, string path)
    {
        using var reader = new VideoReader(tools, path, VideoInfo.Read(tools, path));
        return [.. reader.Frames().Select(frame => frame.Picture)];
    }
}
