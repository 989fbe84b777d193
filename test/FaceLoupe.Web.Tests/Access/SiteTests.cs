using System.Net;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Access;

/// <summary>What pages of other sites make browsers ask, and under which names the server answers.</summary>
public sealed class SiteTests
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", "https://evil.example", false)]
    [InlineData("cross-site", "https://friend.example", true)]
    [InlineData(null, null, true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "own", true)]
    [InlineData(null, "https://friend.example", true)]
    public async Task a_page_of_another_site_makes_no_request(string? site, string? origin, bool welcome)
    {
        await using var server = await StartAsync(Options with { CorsOrigins = ["https://friend.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/detect") { Content = Form(Scenes.CrowdPng) };
        Add(request, "Sec-Fetch-Site", site);
        Add(request, "Origin", origin == "own" ? server.Address.ToString().TrimEnd('/') : origin);

        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(welcome ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        if (!welcome)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("cross-site");
        }
    }

    [Theory]
    [InlineData("", "document", true)]
    [InlineData("docs/", "document", true)]
    [InlineData("", "iframe", false)]
    [InlineData("v1/models", "document", false)]
    public async Task a_link_to_a_page_works_from_everywhere(string path, string destination, bool welcome)
    {
        await using var server = await StartAsync(Options);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request, "Sec-Fetch-Site", "cross-site");
        Add(request, "Sec-Fetch-Mode", "navigate");
        Add(request, "Sec-Fetch-Dest", destination);

        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(welcome ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("faces.example.org", true)]
    [InlineData("a.example.net", true)]
    [InlineData("localhost", true)]
    [InlineData("example.net", false)]
    [InlineData("evil.example", false)]
    public async Task the_server_answers_to_its_names_alone(string host, bool answers)
    {
        await using var server = await StartAsync(
            Options with { AllowedHosts = ["faces.example.org", "*.example.net"] });

        (await AskAsync(server, "v1/models", host)).ShouldBe(answers ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        (await AskAsync(server, "health/live", host)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_server_for_all_answers_to_any_name_unless_told()
    {
        await using var open = await StartAsync(Options with { Urls = ["http://0.0.0.0:0"] });
        await using var named = await StartAsync(
            Options with { Urls = ["http://0.0.0.0:0"], AllowedHosts = ["faces.example.org"] });
        open.Client.BaseAddress = new Uri($"http://127.0.0.1:{open.Address.Port}");
        named.Client.BaseAddress = new Uri($"http://127.0.0.1:{named.Address.Port}");

        (await AskAsync(open, "v1/models", "evil.example")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(named, "v1/models", "evil.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync(named, "v1/models", "localhost")).ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync(named, "v1/models", "faces.example.org")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://faces.example.org")]
    [InlineData("faces.example.org:80")]
    [InlineData("*")]
    [InlineData("a b")]
    public async Task a_host_that_is_no_name_is_reported(string host)
    {
        var fault = await Should.ThrowAsync<FaceLoupeException>(
            () => FaceLoupeServer.StartAsync(Options with { AllowedHosts = [host] }));

        fault.Message.ShouldContain($"'{host}'");
    }

    [Fact]
    public async Task metrics_and_documents_answer_at_their_own_address_alone()
    {
        await using var server = await StartAsync(Options with { AdminUrl = "http://127.0.0.1:0" });
        using var admin = new HttpClient { BaseAddress = server.AdminAddress };
        server.AdminAddress!.Port.ShouldNotBe(server.Address.Port);

        foreach (var path in (string[])["metrics", "openapi/v1.json", "docs/"])
        {
            (await StatusAsync(server.Client, path)).ShouldBe(HttpStatusCode.NotFound, path);
            (await StatusAsync(admin, path)).ShouldBe(HttpStatusCode.OK, path);
        }

        foreach (var path in (string[])["", "v1/models"])
        {
            (await StatusAsync(server.Client, path)).ShouldBe(HttpStatusCode.OK, path);
            (await StatusAsync(admin, path)).ShouldBe(HttpStatusCode.NotFound, path);
        }

        // What a caller claims does not move it to the other address.
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.Host = $"127.0.0.1:{server.AdminAddress.Port}";
        (await server.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(server.Client, "health/ready")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(admin, "health/ready")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task without_a_page_the_interface_is_all_there_is()
    {
        await using var server = await StartAsync(Options with { Page = false });

        (await StatusAsync(server.Client, "")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(server.Client, "js/main.js")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(server.Client, "v1/models")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> AskAsync(LoopbackServer server, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var answer = await server.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
