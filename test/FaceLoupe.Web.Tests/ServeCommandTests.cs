using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FaceLoupe.Tests;

namespace FaceLoupe.Web.Tests;

public sealed partial class ServeCommandTests
{
    [Fact]
    public async Task serve_tells_where_it_listens_and_ends_when_told()
    {
        using var process = Program.Start(
            "serve", "--model", TinyModel.Folder, "--port", "0", "--threads", "1", "--device", "directml");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync();
            line.ShouldContain("tiny 1.0.0");
            var address = new Uri(Address().Match(line).Value);
            address.IsLoopback.ShouldBeTrue();
            using var client = new HttpClient { BaseAddress = address };
            (await client.GetStringAsync("/")).ShouldContain("<title>FaceLoupe</title>");
            (await client.GetStringAsync("v1/models")).ShouldContain("\"tiny\"");

            if (OperatingSystem.IsWindows())
            {
                return;
            }

            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            var reported = (await process.StandardError.ReadToEndAsync()).TrimEnd().Split('\n').ShouldHaveSingleItem();
            reported.ShouldStartWith("faceloupe: Device DirectML: ");
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
    public async Task a_port_that_is_taken_is_reported_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var call = await Program.RunAsync(
            "serve", "--model", TinyModel.Folder, "--urls", FormattableString.Invariant($"http://127.0.0.1:{port}"));

        ShouldBeRefused(call, FormattableString.Invariant($"127.0.0.1:{port}"), "another port");
    }

    [Theory]
    [InlineData("--port is '99999', not a whole number from 0 to 65535", "--port", "99999")]
    [InlineData("--max-upload is 'many'", "--max-upload", "many")]
    [InlineData("--urls already has host and port", "--urls", "http://localhost:1", "--port", "2")]
    [InlineData("the address 'http://localhost.:5071' has a host that is neither", "--host", "localhost.")]
    [InlineData("names are not looked up", "--host", "nosuch.invalid", "--port", "0")]
    [InlineData("reverse proxy", "--urls", "https://localhost:1")]
    [InlineData("no such model folder", "--model", "nowhere")]
    [InlineData("the origin 'example.org'", "--cors-origin", "example.org")]
    public async Task impossible_options_are_reported_in_one_line(string reported, params string[] args) =>
        ShouldBeRefused(await Program.RunAsync(["serve", .. args]), reported);

    private static void ShouldBeRefused(Program call, params string[] reported)
    {
        call.ExitCode.ShouldBe(2, call.Error);
        call.Output.ShouldBeEmpty();
        call.Error.TrimEnd('\n').ShouldNotContain('\n');
        foreach (var text in reported)
        {
            call.Error.ShouldContain(text);
        }
    }

    [GeneratedRegex(@"http://[^ ;]+")]
    private static partial Regex Address();
}
