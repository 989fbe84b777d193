using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using FaceLoupe.Web.Binding;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Binding;

/// <summary>Who can reach the server is what was asked for, tried at its door.</summary>
public sealed class ListenTests
{
    // Kestrel takes all of these for every interface, some with the host filter off.
    [Theory]
    [InlineData("localhost.")]
    [InlineData("nosuch.invalid")]
    [InlineData("example.org")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("1")]
    [InlineData("+")]
    [InlineData("")]
    [InlineData(" localhost")]
    [InlineData("127.0.0.1@nosuch.invalid")]
    [InlineData("127.0.0.1/path")]
    [InlineData("unix:/tmp/socket")]
    [InlineData("[127.0.0.1]")]
    [InlineData("::1::")]
    public async Task a_name_that_would_be_taken_for_every_interface_is_refused(string host)
    {
        var fault = await Should.ThrowAsync<FaceLoupeException>(
            () => FaceLoupeServer.StartAsync(Options with { Urls = [ServeOptions.Address(host, 0)] }));

        fault.Message.ShouldContain("localhost nor *");
    }

    [Theory]
    [InlineData("http://127.0.0.1:70000", "port from 0 to 65535")]
    [InlineData("http://127.0.0.1:-1", "port from 0 to 65535")]
    [InlineData("http://127.0.0.1:", "port from 0 to 65535")]
    [InlineData("ftp://127.0.0.1:80", "http://HOST:PORT")]
    public async Task an_address_that_is_none_is_reported(string url, string reported)
    {
        var fault = await Should.ThrowAsync<FaceLoupeException>(
            () => FaceLoupeServer.StartAsync(Options with { Urls = [url] }));

        fault.Message.ShouldContain($"'{url}'");
        fault.Message.ShouldContain(reported);
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("*", "::")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    public async Task what_is_reported_is_what_is_bound(string host, string bound)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no 127.0.0.2 to try.");
        Assert.SkipUnless(Socket.OSSupportsIPv6 || !bound.Contains(':', StringComparison.Ordinal), "There is no IPv6.");
        await using var server = await StartAsync(Options with { Urls = [ServeOptions.Address(host, 0)] });
        var reported = server.Address;

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(point => point.Port == reported.Port).Select(point => point.Address.ToString());
        listeners.ShouldBe([bound]);
        reported.Host.Trim('[', ']').ShouldBe(bound);

        // Only who listens everywhere is found under another address of this machine.
        foreach (var other in (string[])["127.0.0.1", "127.0.0.2", "127.0.0.3"])
        {
            (await AnswersAsync(other, reported.Port)).ShouldBe(bound is "0.0.0.0" or "::" || bound == other, other);
        }
    }

    [Fact]
    public async Task localhost_with_a_port_is_this_machine_alone_and_keeps_its_host_filter()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no 127.0.0.2 to try.");
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var server = await StartAsync(Options with { Urls = [ServeOptions.Address("localhost", port)] });

        server.Address.ShouldBe(new Uri(FormattableString.Invariant($"http://localhost:{port}")));
        (await AnswersAsync("127.0.0.1", port)).ShouldBeTrue();
        (await AnswersAsync("127.0.0.2", port)).ShouldBeFalse();
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models")
        {
            Headers = { Host = "rebound.example" },
        };
        using var answer = await server.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://LOCALHOST:1/", true)]
    [InlineData("http://127.8.9.10:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://[::ffff:127.0.0.1]:1", true)]
    [InlineData("http://0.0.0.0:1", false)]
    [InlineData("http://[::]:1", false)]
    [InlineData("http://*:1", false)]
    [InlineData("http://10.0.0.1", false)]
    public void an_address_knows_whether_it_is_this_machine_alone(string url, bool local)
    {
        ListenAddress.TryParse(url, out var address, out var fault).ShouldBeTrue(fault);

        address!.IsLocal.ShouldBe(local);
    }

    private static async Task<bool> AnswersAsync(string host, int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Parse(host), port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
