using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FaceLoupe.Web.Clients;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Clients;

/// <summary>One client does not take what is there for all.</summary>
public sealed class ClientLimitTests
{
    [Fact]
    public async Task a_client_with_as_many_pictures_under_way_as_it_may_is_reported_to_wait()
    {
        await using var server = await StartAsync(Options with { PicturesPerClient = 2 });
        using HeldBody first = new(), second = new();
        var underWay = new[] { server.PostAsync("v1/detect", first), server.PostAsync("v1/blur", second) };
        await Task.WhenAll(first.Begun, second.Begun);

        using (var refused = await server.Client.SendAsync(From(null, Form(Scenes.CrowdPng))))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 120);
            JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString()
                .ShouldBe("too-many");
        }

        first.Release();
        second.Release();
        foreach (var answer in await Task.WhenAll(underWay))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Dispose();
        }

        using var next = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("127.0.0.1", "", HttpStatusCode.OK)]
    [InlineData("127.0.0.1 10.0.0.1", ", 10.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", ", 10.0.0.1", HttpStatusCode.TooManyRequests)]
    [InlineData("", "", HttpStatusCode.TooManyRequests)]
    public async Task behind_trusted_proxies_and_only_there_the_client_is_whom_they_name(
        string trusted, string hops, HttpStatusCode other)
    {
        await using var server = await StartAsync(Options with
        {
            PicturesPerClient = 1, TrustedProxies = trusted.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        });
        using var held = new HeldBody();
        var first = server.Client.SendAsync(From("192.0.2.1" + hops, held));
        await held.Begun;

        using (var same = await server.Client.SendAsync(From("192.0.2.1" + hops, Form(Scenes.CrowdPng))))
        using (var another = await server.Client.SendAsync(From("192.0.2.2" + hops, Form(Scenes.CrowdPng))))
        {
            same.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            another.StatusCode.ShouldBe(other);
        }

        held.Release();
        using var served = await first;
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task connections_are_capped_and_those_that_say_nothing_whole_are_closed()
    {
        await using var server = await StartAsync(
            Options with { MaxConnections = 3, HeadersTimeout = TimeSpan.FromSeconds(1) });
        var silent = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                silent.Add(await ConnectAsync(server, "GET / HTTP/1.1\r\nHost:"));
                (await IsOpenAsync(silent[i])).ShouldBeTrue();
            }

            try
            {
                using var further = await ConnectAsync(server, string.Empty);
                (await ReadToEndAsync(further)).ShouldBeEmpty();
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
            {
                // Closed so soon that connecting had not returned yet.
            }

            // A second later their time is over, and there is room again.
            (await Patience.UntilAsync(async () =>
            {
                try
                {
                    return (await server.Client.GetAsync("health/live")).IsSuccessStatusCode;
                }
                catch (Exception fault) when (fault is HttpRequestException or SocketException)
                {
                    return false;
                }
            })).ShouldBeTrue();
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public void a_client_has_a_quarter_of_the_connections()
    {
        var limits = new ConnectionLimits(new ServeOptions { MaxConnections = 8 });

        Enumerable.Range(0, 3).Select(_ => limits.TryOpen("192.0.2.1")).ShouldBe([true, true, false]);
        limits.TryOpen("192.0.2.2").ShouldBeTrue();
        Enumerable.Range(0, 6).Select(_ => limits.TryOpen(null)).ShouldBe([true, true, true, true, true, false]);
        limits.Close("192.0.2.1");
        limits.TryOpen("192.0.2.1").ShouldBeTrue();
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void one_customer_is_one_client(string address, string client) =>
        ClientKey.Of(IPAddress.Parse(address)).ShouldBe(client);

    [Theory]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("127.0.0.1", 3, true)]
    [InlineData("192.0.2.7", null, true)]
    [InlineData("192.0.2.7", 0, false)]
    public void this_machine_is_limited_only_where_asked_for(string address, int? limit, bool limited) =>
        ClientKey.IsLimited(IPAddress.Parse(address), new ServeOptions { PicturesPerClient = limit }).ShouldBe(limited);

    private static HttpRequestMessage From(string? client, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/detect") { Content = content };
        if (client is not null)
        {
            request.Headers.Add("X-Forwarded-For", client);
        }

        return request;
    }

    private static async Task<TcpClient> ConnectAsync(LoopbackServer server, string said)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        if (said.Length > 0)
        {
            // Even to write nothing fails where the server has closed the connection already.
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(said));
        }

        return client;
    }

    private static async Task<bool> IsOpenAsync(TcpClient client)
    {
        await Task.Delay(100);
        return !(client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0);
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return string.Empty; // reset
        }
    }
}
