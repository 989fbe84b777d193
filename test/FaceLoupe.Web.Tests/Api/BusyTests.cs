using System.Net;
using System.Text.Json;
using FaceLoupe.Web.Queueing;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class BusyTests
{
    [Fact]
    public async Task what_finds_no_place_in_the_queue_is_reported_when_to_come_again()
    {
        await using var server = await StartAsync(Options with { Concurrency = 1, QueueLength = 1 });
        var queue = server.Part<WorkQueue>();
        using var running = queue.Enter();
        await running.TurnAsync(CancellationToken.None);
        using var waiting = queue.Enter();

        using var ready = await server.Client.GetAsync("health/ready");
        using var refused = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        using var alive = await server.Client.GetAsync("health/live");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var seconds = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        seconds.ShouldBeInRange(1, 120);
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync());
        problem.GetProperty("code").GetString().ShouldBe("busy");
        problem.GetProperty("retryAfter").GetDouble().ShouldBe(seconds);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);

        // One leaves: there is a place, and once the other has left too, a turn.
        waiting.Dispose();
        var late = server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        (await Patience.UntilAsync(() => queue.Waiting == 1)).ShouldBeTrue();
        running.Dispose();
        using var answer = await late;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task slow_uploads_keep_nobody_from_being_served()
    {
        await using var server = await StartAsync(Options with { Concurrency = 1, QueueLength = 1 });
        var slow = Enumerable.Range(0, 20).Select(_ => new HeldBody()).ToArray();
        var answers = Array.ConvertAll(slow, body => server.PostAsync("v1/detect", body));
        await Task.WhenAll(slow.Select(body => body.Begun));

        for (var i = 0; i < 3; i++)
        {
            using var quick = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
            quick.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var ready = await server.Client.GetAsync("health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var (body, answer) in slow.Zip(answers))
        {
            body.Release();
            using var served = await answer;
            served.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task many_callers_are_all_served_in_turn()
    {
        await using var server = await StartAsync(Options with { Concurrency = 2, QueueLength = 20 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.JsonOfAsync(
            i % 2 == 0 ? "v1/detect" : "v1/detect?minScore=1", Form(Scenes.CrowdPng))));

        answers.Select(answer => answer.GetProperty("images")[0].GetProperty("faces").GetArrayLength())
            .ShouldBe(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 3 : 0));
    }
}
