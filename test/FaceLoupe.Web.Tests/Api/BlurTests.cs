using System.Net;
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

    [Fact]
    public async Task mask_shape_scale_and_colour_are_as_asked_for()
    {
        using var answer = await server.PostAsync(
            "v1/blur?format=png&mask=solid&color=ff0000&shape=box&maskScale=2", Form(Scenes.CrowdPng));

        answer.IsSuccessStatusCode.ShouldBeTrue();
        answer.Headers.Contains("X-FaceLoupe-Warning").ShouldBeFalse();
        answer.Headers.GetValues("X-FaceLoupe-Threshold").ShouldBe(["0.5"]);
        var masked = PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync(), "masked");
        var corner = masked.OffsetOf((int)(Scenes.Large.X - (0.3f * Scenes.Large.Width)), (int)Scenes.Large.CenterY);
        masked.Pixels[corner..(corner + 3)].ShouldBe([255, 0, 0]);
    }

    [Fact]
    public async Task a_format_that_cannot_hold_the_picture_is_refused()
    {
        var wide = PictureFile.Encode(new Picture(16_400, 8), PictureFormat.Png);

        using var refused = await server.PostAsync("v1/blur?format=webp", Form(wide, "wide.png"));
        using var taken = await server.PostAsync("v1/blur?format=jpeg&stages=1", Form(wide, "wide.png"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("16400x8 pixels cannot be written as Webp");
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(PictureFormat.Webp)]
    [InlineData(PictureFormat.Jpeg)]
    public void the_longest_side_of_a_format_can_be_written_and_no_longer_one(PictureFormat format)
    {
        var side = PictureFile.MaxSideOf(format);

        PictureFile.Encode(new Picture(side, 1), format).ShouldNotBeEmpty();
        Should.Throw<FaceLoupeException>(() => PictureFile.Encode(new Picture(side + 1, 1), format));
    }

    [Fact]
    public async Task a_blur_comes_with_a_warning()
    {
        using var answer = await server.PostAsync("v1/blur?mask=gaussian", Form(Scenes.CrowdPng));

        answer.Headers.GetValues("X-FaceLoupe-Warning").ShouldHaveSingleItem().ShouldContain("can be undone");
    }

    [Fact]
    public async Task a_lower_score_hides_more()
    {
        using var answer = await server.PostAsync("v1/blur?minScore=0", Form(Scenes.CrowdPng));

        int.Parse(answer.Headers.GetValues("X-FaceLoupe-Faces").Single(),
            System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThanOrEqualTo(3);
        answer.Headers.GetValues("X-FaceLoupe-Threshold").ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("targetRecall=0.9", "ships no operating points")]
    [InlineData("targetRecall=0.9&minScore=0.5", "give one of them")]
    [InlineData("mask=fog", "mask is 'fog', not pixelate or solid or gaussian")]
    [InlineData("feather=2", "feather is '2', not a number from 0 to 1")]
    [InlineData("maskScale=9", "maskScale is '9', not a number from 1 to 5")]
    [InlineData("color=red", "color is for mask=solid only")]
    [InlineData("mask=solid&color=mauve", "color is 'mauve', not RRGGBB")]
    public async Task senseless_masks_are_refused(string query, string reported)
    {
        using var answer = await server.PostAsync("v1/blur?" + query, Form(Scenes.CrowdPng));

        ((int)answer.StatusCode).ShouldBe(400);
        using var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("detail").GetString()!.ShouldContain(reported);
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
