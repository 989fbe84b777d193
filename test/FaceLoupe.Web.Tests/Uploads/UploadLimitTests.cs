using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Uploads;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Uploads;

/// <summary>What a stranger can take of the server's time and memory before an image is there.</summary>
public sealed class UploadLimitTests
{
    [Fact]
    public async Task a_picture_that_does_not_come_in_time_is_given_up()
    {
        await using var server = await StartAsync(Options with { UploadTimeout = TimeSpan.FromMilliseconds(500) });

        await ShouldBeTooSlowAsync(server);
    }

    [Fact]
    public async Task a_picture_that_trickles_is_given_up_after_a_grace()
    {
        await using var server = await StartAsync(Options with { MinUploadRate = 1_000_000 });

        await ShouldBeTooSlowAsync(server);
    }

    [Fact]
    public async Task a_claimed_length_takes_no_memory()
    {
        await using var server = await StartAsync(Options);
        using var client = await SendAsync(
            server, "Content-Type: image/png\r\nContent-Length: 60000000\r\n\r\n", [1, 2, 3]);

        (await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken > 0)).ShouldBeTrue();
        server.Part<UploadMemory>().Taken.ShouldBe(3);
        client.Close();
        (await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken == 0)).ShouldBeTrue();
    }

    [Fact]
    public async Task uploads_together_take_no_more_memory_than_allowed()
    {
        var length = Scenes.CrowdPng.Length;
        await using var server = await StartAsync(Options with { MaxUploadBytes = length, UploadMemory = length + 10 });
        using var held = new HeldBody();
        var first = server.PostAsync("v1/detect", held);
        await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken > 10);

        using (var refused = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng)))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        held.Release();
        using var served = await first;
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken == 0)).ShouldBeTrue();
        using var next = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Each goes on for ever; what a server reads of it is bounded.</summary>
    [Theory]
    [InlineData("preamble", "", "this is no boundary\r\n")]
    [InlineData("field", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", "words ")]
    [InlineData("fields", "", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n")]
    [InlineData("files", "", "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n1\r\n")]
    [InlineData("part headers", "--x\r\n", "X-Header: 1\r\n")]
    [InlineData("epilogue", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n", "and more\r\n")]
    public async Task a_form_without_an_end_is_refused_long_before_it_has_taken_anything(
        string endless, string beginning, string repeated)
    {
        await using var server = await StartAsync(Options with { MaxUploadBytes = 1000 });
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 5_000)));
        byte[] chunk =
            [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{piece.Length:x}\r\n")), .. piece, .. "\r\n"u8];
        var first = Encoding.ASCII.GetBytes(beginning);
        byte[] start = first.Length == 0
            ? []
            : [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{first.Length:x}\r\n")), .. first, .. "\r\n"u8];
        using var client = await SendAsync(
            server, "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n", start);
        var (stream, sent) = (client.GetStream(), 0L);

        while (!stream.DataAvailable && sent < 100_000_000)
        {
            await stream.WriteAsync(chunk);
            sent += chunk.Length;
        }

        // A megabyte and what lies in the buffers of both sides.
        sent.ShouldBeLessThan(60_000_000, endless);
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync();
        status.ShouldNotBeNull();
        status.Split(' ')[1].ShouldBeOneOf("400", "413");
        server.Part<UploadMemory>().Taken.ShouldBe(0);
    }

    private static async Task ShouldBeTooSlowAsync(LoopbackServer server)
    {
        using var held = new HeldBody();
        var sending = server.PostAsync("v1/detect", held);
        await held.Begun;
        await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken > 0);
        (await Patience.UntilAsync(() => server.Part<UploadMemory>().Taken == 0)).ShouldBeTrue();
        server.Part<WorkQueue>().Waiting.ShouldBe(0);
        held.Release();
        try
        {
            using var answer = await sending;
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestTimeout);
            JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString()
                .ShouldBe("too-slow");
        }
        catch (HttpRequestException)
        {
            // The line was cut while the caller still sent; the answer went with it.
        }
    }

    private static async Task<TcpClient> SendAsync(LoopbackServer server, string headers, byte[] body)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.GetStream().WriteAsync(
            (byte[])[.. Encoding.ASCII.GetBytes($"POST /v1/detect HTTP/1.1\r\nHost: localhost\r\n{headers}"), .. body]);
        return client;
    }
}
