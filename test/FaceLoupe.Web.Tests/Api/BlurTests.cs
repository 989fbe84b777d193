using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class BlurTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task faces_are_found_and_made_unrecognisable()
    {
        using var answer = await server.PostAsync("v1/blur?format=png", Form(Scenes.CrowdPng));

        answer.IsSuccessStatusCode.ShouldBeTrue();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Headers.GetValues("X-FaceLoupe-Faces").ShouldBe(["3"]);
        var blurred = PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync(), "blurred");
        (blurred.Width, blurred.Height).ShouldBe((Scenes.Width, Scenes.Height));
        Difference(blurred, Scenes.Large.Enlarge(1.2f)).ShouldBeGreaterThan(5);
        Difference(blurred, new Box(180, 130, 20, 20)).ShouldBe(0);
    }

    [Fact]
    public async Task given_boxes_are_blurred_and_nothing_else()
    {
        var boxes = "[{\"x\":100,\"y\":100,\"width\":3,\"height\":4}]";
        var dot = new Box(101, 101, 1, 2);
        var marked = TinyModel.Scene(
            Scenes.Width, Scenes.Height, (Scenes.Large, TinyModel.White), (dot, TinyModel.White));
        var png = PictureFile.Encode(marked, PictureFormat.Png);

        using var answer = await server.PostAsync("v1/blur?format=png", Form(png, "crowd.png", ("boxes", boxes)));

        answer.Headers.GetValues("X-FaceLoupe-Faces").ShouldBe(["1"]);
        var blurred = PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync(), "blurred");
        blurred.Pixels[blurred.OffsetOf(101, 101)].ShouldBeLessThan((byte)200);
        var inLarge = blurred.OffsetOf((int)Scenes.Large.CenterX, (int)Scenes.Large.CenterY);
        blurred.Pixels[inLarge].ShouldBe((byte)255);
    }

    [Theory]
    [InlineData("", "image/jpeg")]
    [InlineData("?format=jpeg", "image/jpeg")]
    [InlineData("?format=webp", "image/webp")]
    public async Task the_format_is_as_asked_for(string query, string type)
    {
        using var answer = await server.PostAsync("v1/blur" + query, Form(Scenes.Empty));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync(), "answer").Width.ShouldBe(64);
    }

    private static double Difference(Picture picture, Box area)
    {
        double sum = 0;
        var count = 0;
        for (var y = (int)area.Y; y < area.Bottom; y++)
        {
            for (var x = (int)area.X; x < area.Right; x++, count++)
            {
                var at = picture.OffsetOf(x, y);
                sum += Math.Abs(picture.Pixels[at] - Scenes.Crowd.Pixels[at]);
            }
        }

        return sum / count;
    }
}
