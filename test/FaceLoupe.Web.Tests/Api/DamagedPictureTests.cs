using System.Net;
using FaceLoupe.Imaging;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

/// <summary>Damage is reported: the answer carries it, and what cannot be seen is not hidden by default.</summary>
public sealed class DamagedPictureTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    // Without its last rows, with an end marker put behind.
    private static readonly byte[] Damaged =
        [.. PictureFile.Encode(Scenes.Crowd, PictureFormat.Jpeg)[..^60], 0xFF, 0xD9];

    [Fact]
    public async Task the_answer_for_a_damaged_picture_says_so()
    {
        (await server.JsonOfAsync("v1/detect", Form(Damaged))).GetProperty("images")[0].GetProperty("damaged")
            .GetBoolean().ShouldBeTrue();
        (await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng))).GetProperty("images")[0]
            .TryGetProperty("damaged", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("v1/detect", HttpStatusCode.OK)]
    [InlineData("v1/detect?strict=true", HttpStatusCode.BadRequest)]
    [InlineData("v1/blur", HttpStatusCode.BadRequest)]
    [InlineData("v1/blur?strict=false", HttpStatusCode.OK)]
    public async Task a_damaged_picture_is_refused_where_that_is_asked_for(string path, HttpStatusCode status)
    {
        using var answer = await server.PostAsync(path, Form(Damaged));
        answer.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.BadRequest)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("the file is damaged: ");
        }
    }
}
