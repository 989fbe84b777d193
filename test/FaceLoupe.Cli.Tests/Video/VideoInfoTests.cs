using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Tests.Video;

public class VideoInfoTests
{
    [Fact]
    public void a_plain_video_is_read()
    {
        var info = Parse(
            """
            "index": 0, "codec_type": "video", "height": 1080,
            "r_frame_rate": "30000/1001", "avg_frame_rate": "30000/1001", "start_time": "0.080000",
            "duration": "10.010000", "sample_aspect_ratio": "1:1", "color_space": "bt709"
            """);

        info.ShouldBe(new VideoInfo(0, new FrameRate(30000, 1001), 0.08, 10.01, null, null));
        info.Frames.ShouldBe(300);
    }

    [Fact]
    public void the_cover_of_a_song_is_no_video() => Should.Throw<FaceLoupeException>(() => Parse(
        """
        "index": 1, "codec_type": "video", "r_frame_rate": "90000/1", "avg_frame_rate": "0/0",
        "disposition": { "attached_pic": 1 }
        """)).Message.ShouldBe("clip: has no video stream; expected a video.");

    [Theory]
    [InlineData("30/1", "25/1", "30/1")] // 30 at times, fewer at others
    [InlineData("50/1", "25/1", "25/1")] // fields of interlaced video
    [InlineData("90000/1", "24975/1000", "24975/1000")] // the tick of the clock is no frame rate
    [InlineData("0/0", "25/1", "25/1")]
    [InlineData("25/1", "0/0", "25/1")]
    [InlineData("25/1", "25/1", "25/1")]
    public void the_frame_rate_is_the_finest_that_makes_sense(string real, string mean, string rate) =>
        Parse($"\"codec_type\": \"video\", \"r_frame_rate\": \"{real}\", \"avg_frame_rate\": \"{mean}\"")
            .Rate.ToString().ShouldBe(rate);

    [Fact]
    public void a_video_without_a_rate_is_refused() => Should.Throw<FaceLoupeException>(() =>
        Parse("""  "codec_type": "video", "r_frame_rate": "0/0", "avg_frame_rate": "0/0" """))
        .Message.ShouldContain("no frame rate");

    [Fact]
    public void matroska_tells_the_length_in_a_tag_and_colours_may_be_untold()
    {
        var info = Parse(
            """
            "codec_type": "video", "height": 480, "r_frame_rate": "25/1", "avg_frame_rate": "25/1",
            "tags": { "DURATION": "00:01:02.500000000" }
            """);
        (info.Seconds, info.Matrix).ShouldBe((62.5, "bt601"));
    }

    [Fact]
    public void a_video_that_begins_late_is_shorter_than_its_end_tells()
    {
        var info = Parse(
            """
            "codec_type": "video", "r_frame_rate": "8/1", "avg_frame_rate": "8/1", "start_time": "0.5",
            "tags": { "DURATION": "00:00:01.500000000" }
            """);
        (info.Delay, info.Seconds, info.Frames).ShouldBe((0.5, 1, 8));
    }

    [Theory]
    [InlineData("4:3", null, "4:3")]
    [InlineData("4:3", "-90", "3:4")]
    [InlineData("4:3", "180", "4:3")]
    [InlineData("0:1", null, null)]
    public void pixels_that_are_not_square_turn_with_the_picture(string stored, string? rotation, string? upright)
    {
        var sides = rotation is null ? "" : $", \"side_data_list\": [ {{ \"x\": 1 }}, {{ \"rotation\": {rotation} }} ]";
        Parse($"\"codec_type\": \"video\", \"r_frame_rate\": \"25/1\", \"sample_aspect_ratio\": \"{stored}\"{sides}")
            .PixelAspect.ShouldBe(upright);
    }

    private static VideoInfo Parse(string stream) => VideoInfo.Parse(
        $$"""
        {
          "streams": [ { "codec_type": "audio" }, { {{stream}} } ],
          "format": { "start_time": "0.000000", "duration": "99" }
        }
        """,
        "clip");
}
