using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FaceLoupe.Tests;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Stopping;

/// <summary>A server that is told to end finishes what it took.</summary>
public sealed partial class StoppingTests
{
    [Fact]
    public async Task sigterm_finishes_accepted_work_and_ends_with_exit_code_zero()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        using var process = Program.Start("serve", "--model", TinyModel.Folder, "--port", "0", "--threads", "1");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new Uri(Address().Match(line).Value) };
            using var held = new HeldBody();
            var answer = client.PostAsync("v1/detect", held);
            await held.Begun;
            (await ReadyAsync(client)).ShouldBe(HttpStatusCode.OK);

            using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                (await Patience.UntilAsync(async () => await ReadyAsync(client) == HttpStatusCode.ServiceUnavailable))
                    .ShouldBeTrue();
            }

            using var late = await client.PostAsync("v1/detect", Form(Scenes.CrowdPng));
            late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            JsonElement.Parse(await late.Content.ReadAsStringAsync()).GetProperty("code").GetString().ShouldBe(
                "stopping");
            using var alive = await client.GetAsync("health/live");
            alive.StatusCode.ShouldBe(HttpStatusCode.OK);

            await Task.Delay(2500); // System.CommandLine would have ended the process after 2 seconds
            held.Release();
            using var finished = await answer;
            finished.StatusCode.ShouldBe(HttpStatusCode.OK);
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
            process.ExitCode.ShouldBe(0);
            (await process.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public async Task what_is_not_finished_within_the_time_for_ending_is_counted_and_told()
    {
        var server = await StartAsync(Options with { DrainTime = TimeSpan.FromMilliseconds(300) });
        using var held = new HeldBody();
        var answer = server.PostAsync("v1/detect", held);
        await held.Begun;
        await Patience.UntilAsync(() => server.Part<Web.Uploads.UploadMemory>().Taken > 0);

        var unfinished = await server.StopAsync();

        unfinished.ShouldBe(1);
        held.Release();
        try
        {
            using var reported = await answer;
            reported.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        catch (HttpRequestException)
        {
            // The line was cut while the caller still sent.
        }

        await server.DisposeAsync();
    }

    [Fact]
    public async Task an_idle_server_ends_at_once()
    {
        var server = await StartAsync(Options with { DrainTime = TimeSpan.FromMinutes(10) });
        using (await server.PostAsync("v1/detect", Form(Scenes.CrowdPng)))
        {
        }

        (await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
        await server.DisposeAsync();
    }

    private static async Task<HttpStatusCode> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("health/ready");
        return answer.StatusCode;
    }

    [GeneratedRegex(@"http://[^ ;]+")]
    private static partial Regex Address();
}
