using System.Net;
using System.Text.Json;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Queueing;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

/// <summary>A small file can hold a large image; the work on it ends with the time it is given.</summary>
public sealed class WorkTimeoutTests
{
    [Fact]
    public async Task a_picture_that_takes_too_long_is_stopped_and_leaves_the_queue()
    {
        await using var server = await StartAsync(Options with { WorkTimeout = TimeSpan.FromMilliseconds(1) });

        using var answer = await server.PostAsync("v1/detect", Form(LargePng));

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString().ShouldBe("timeout");
        (server.Part<WorkQueue>().Running, server.Part<WorkQueue>().Waiting).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("v1/blur")]
    [InlineData("v1/detect?stages=1")]
    public async Task every_way_to_a_detection_has_the_limit(string path)
    {
        await using var server = await StartAsync(Options with { WorkTimeout = TimeSpan.FromMilliseconds(1) });

        using var answer = await server.PostAsync(path, Form(LargePng));

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task ten_thousand_masks_of_a_whole_picture_are_stopped_too()
    {
        await using var server = await StartAsync(Options with { WorkTimeout = TimeSpan.FromSeconds(1) });
        var box = "{\"x\":0,\"y\":0,\"width\":1500,\"height\":1500}";
        var boxes = $"[{string.Join(',', Enumerable.Repeat(box, 10_000))}]";

        using var answer = await server.PostAsync("v1/blur", Form(LargePng, "a.png", ("boxes", boxes)));

        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task the_answer_in_pieces_ends_with_the_problem()
    {
        await using var server = await StartAsync(Options with { WorkTimeout = TimeSpan.FromSeconds(1) });

        // Decoded in time, but not searched: the tiny model looks at every tile of 36 million pixels.
        using var answer = await server.PostAsync("v1/detect?stream=true", Form(Png(6_000)));

        var last = JsonElement.Parse((await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n')[^1]);
        var problem = last.TryGetProperty("problem", out var reported) ? reported : last;
        problem.GetProperty("code").GetString().ShouldBe("timeout");
    }

    [Fact]
    public async Task a_picture_within_its_time_is_answered()
    {
        await using var server = await StartAsync(Options with { WorkTimeout = TimeSpan.FromMinutes(2) });

        using var answer = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static byte[] LargePng { get; } = Png(1_500);

    private static byte[] Png(int side) => PictureFile.Encode(new Picture(side, side), PictureFormat.Png);
}
