using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Isolation;

/// <summary><c>serve --isolate</c>: a decoder that dies or hangs costs its own image.</summary>
public sealed partial class IsolatedServeTests
{
    [Fact]
    public async Task a_decoder_that_hangs_or_dies_costs_its_own_picture_and_no_other()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "Workers are found in /proc, and Linux keeps the limit of memory.");
        using var process = Program.Start(
            "serve", "--model", TinyModel.Folder, "--port", "0", "--threads", "1", "--timeout", "4", "--isolate",
            "--isolate-memory", "300");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new Uri(Address().Match(line).Value) };
            await ShouldAnswerAsync(client, Scenes.CrowdPng, HttpStatusCode.OK);
            var workers = WorkersOf(process.Id);
            workers.Length.ShouldBe(2, "one for headers, one for images");

            // Headers come first, so the later one decodes.
            await SignalAsync("-STOP", workers.Max());
            await ShouldAnswerAsync(client, "words"u8.ToArray(), HttpStatusCode.UnsupportedMediaType);
            await ShouldAnswerAsync(client, Scenes.CrowdPng, HttpStatusCode.GatewayTimeout);
            (await Patience.UntilAsync(() => !WorkersOf(process.Id).Contains(workers.Max()))).ShouldBeTrue();
            await ShouldAnswerAsync(client, Scenes.CrowdPng, HttpStatusCode.OK);

            await SignalAsync("-SEGV", WorkersOf(process.Id).Max());
            await ShouldAnswerAsync(client, Scenes.CrowdPng, HttpStatusCode.OK);

            var bomb = PictureFile.Encode(new Picture(9_900, 9_900), PictureFormat.Png);
            (await ShouldAnswerAsync(client, bomb, HttpStatusCode.BadRequest)).ShouldContain("memory");
            await ShouldAnswerAsync(client, "words"u8.ToArray(), HttpStatusCode.UnsupportedMediaType);
            await ShouldAnswerAsync(client, Scenes.CrowdPng, HttpStatusCode.OK);

            var last = WorkersOf(process.Id);
            await SignalAsync("-TERM", process.Id);
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            (await Patience.UntilAsync(() => !last.Any(id => Directory.Exists($"/proc/{id}")))).ShouldBeTrue();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> ShouldAnswerAsync(HttpClient client, byte[] picture, HttpStatusCode status)
    {
        using var answer = await client.PostAsync("v1/detect", Form(picture));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text;
    }

    // Each thread has its own.
    private static int[] WorkersOf(int process) =>
    [
        .. Directory.GetDirectories($"/proc/{process}/task").SelectMany(thread =>
            File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
    ];

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }

    [GeneratedRegex(@"http://[^ ;]+")]
    private static partial Regex Address();
}
