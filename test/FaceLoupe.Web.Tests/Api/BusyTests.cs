using System.Net;
using System.Text.Json;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class BusyTests
{
    [Fact]
    public async Task what_finds_no_place_in_the_queue_is_told_when_to_come_again()
    {
        await using var server = await StartAsync(Options with { Concurrency = 1, QueueLength = 1 });
        using var first = new HeldBody();
        using var second = new HeldBody();
        var waiting = new[] { server.PostAsync("v1/detect", first), server.PostAsync("v1/detect", second) };
        await Task.WhenAll(first.Begun, second.Begun);
        using (var ready = await UntilFullAsync(server))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        using var refused = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        using var alive = await server.Client.GetAsync("health/live");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var seconds = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        seconds.ShouldBeInRange(1, 120);
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync());
        problem.GetProperty("code").GetString().ShouldBe("busy");
        problem.GetProperty("retryAfter").GetDouble().ShouldBe(seconds);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);

        // Those that had a place are served, and then there is room again.
        first.Release();
        second.Release();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Dispose();
        }

        using var late = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
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

    // The bodies are under way when the client says so; the server has them a moment later.
    private static async Task<HttpResponseMessage> UntilFullAsync(LoopbackServer server)
    {
        for (var attempt = 0; ; attempt++)
        {
            var ready = await server.Client.GetAsync("health/ready");
            if (ready.StatusCode == HttpStatusCode.ServiceUnavailable || attempt == 200)
            {
                return ready;
            }

            ready.Dispose();
            await Task.Delay(50);
        }
    }

    /// <summary>A picture whose second half arrives only when released.</summary>
    private sealed class HeldBody : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldBody() => Headers.TryAddWithoutValidation("Content-Type", "image/png");

        public Task Begun => _begun.Task;

        public void Release() => _released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = Scenes.CrowdPng.Length / 2;
            await stream.WriteAsync(Scenes.CrowdPng.AsMemory(0, half));
            await stream.FlushAsync();
            _begun.SetResult();
            await _released.Task;
            await stream.WriteAsync(Scenes.CrowdPng.AsMemory(half));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
