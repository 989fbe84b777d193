using FaceLoupe.Cli.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Video;

public sealed class VideoReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-reader-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1, 0, 1, 2, 3, 4, 5, 6)]
    [InlineData(2, 0, 2, 4, 6)]
    [InlineData(3, 0, 3, 6)]
    [InlineData(4, 0, 4)]
    [InlineData(10_000, 0)]
    public void each_n_th_frame_is_given_from_the_first_on(int every, params int[] frames)
    {
        var tools = VideoTools.OrSkip();
        var all = new Box(0, 0, 64, 48);

        // Each frame is a shade lighter than the one before.
        var clip = tools.Make(Path.Combine(_folder.FullName, "clip.mkv"), new FrameRate(30000, 1001), 7, i =>
            TinyModel.Scene(64, 48, (all, ((byte)(30 * (i + 1)), (byte)(30 * (i + 1)), (byte)(30 * (i + 1))))));

        using var reader = new VideoReader(tools, clip, VideoInfo.Read(tools, clip), every);

        reader.Frames().Select(frame => (int)Math.Round(frame.Picture.Pixels[3000] / 30d) - 1).ShouldBe(frames);
    }

    [Fact]
    public void damage_in_the_middle_is_reported_though_frames_before_it_could_fill_the_hole()
    {
        var tools = VideoTools.OrSkip();
        var clip = tools.Make(
            Path.Combine(_folder.FullName, "clip.mp4"), new FrameRate(25, 1), 48, i => VideoTools.Noise(64, 64, i));
        var bytes = File.ReadAllBytes(clip);
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 3, bytes.Length / 8));
        File.WriteAllBytes(clip, bytes);

        using var reader = new VideoReader(tools, clip, VideoInfo.Read(tools, clip));

        Should.Throw<FaceLoupeException>(() => reader.Frames().Count()).Message.ShouldContain(
            "clip.mp4: the video is damaged or truncated");
    }
}
