using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Tests.Inputs;

public class InputStemsTests
{
    [Fact]
    public void a_picture_goes_by_its_name_and_a_frame_by_its_video_s_and_its_number()
    {
        var stems = Of("q/a.png", "q/b.notes", "clip.mp4");
        (stems.Of(new PicturePlace(0)), stems.Of(new PicturePlace(1))).ShouldBe(("q/a", "q/b.notes"));
        Frame(stems, 2, 12).ShouldBe("clip_000012");
        Frame(stems, 2, 1_234_567).ShouldBe("clip_1234567");
        stems.Clash.ShouldBeNull();
    }

    [Theory]
    [InlineData("x.jpg", "x.png")]
    [InlineData("x.jpg", "X.jpeg", "x.jpg.png")]
    [InlineData("clip.mp4", "CLIP.mov")]
    [InlineData("clip_000012.png", "clip.mp4")]
    [InlineData("clip.mp4", "clip_000012.png", "clip.mp4_000012.png", "clip.mov")]
    [InlineData("clip.mp4", "clip.mov", "clip.mov.mp4", "clip.mp4.webm")]
    [InlineData("clip.mp4", "clip.mov", "clip.mp4-2_000012.png", "clip.mp4_000012.png")]
    public void no_two_inputs_share_a_name(params string[] inputs)
    {
        var stems = Of(inputs);

        var names = inputs.Select((input, place) => input.EndsWith('g')
            ? stems.Of(new PicturePlace(place)) : Frame(stems, place, 12)).ToArray();

        names.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(inputs.Length, string.Join(", ", names));
        stems.Clash.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("clip.png", "clip.mp4")]
    [InlineData("clip_0001.png", "clip.mp4")]
    [InlineData("clip_000001.mp4", "clip.mp4")]
    [InlineData("a/x.png", "b/x.jpg")]
    public void what_differs_without_extensions_is_no_clash(params string[] inputs) => Of(inputs).Clash.ShouldBeNull();

    private static string Frame(InputStems stems, int place, long number) =>
        stems.Of(new PicturePlace(place, new FramePosition(number, 0)));

    private static InputStems Of(params string[] names) => new(new InputList(names, names, [], false));
}
