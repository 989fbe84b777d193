using System.Net;
using System.Text.RegularExpressions;

namespace FaceLoupe.Web.Tests.Page;

public sealed partial class ServedFilesTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task every_file_that_the_page_asks_for_is_served()
    {
        var index = await server.Client.GetStringAsync("/");
        var files = Attributes().Matches(index).Select(match => match.Groups[1].Value)
            .Where(address => !address.StartsWith('#') && address != "docs/").Distinct().ToArray();
        files.Length.ShouldBeGreaterThan(4);
        var scripts = new Queue<string>(files);
        var seen = new HashSet<string>();
        while (scripts.TryDequeue(out var file))
        {
            if (!seen.Add(file))
            {
                continue;
            }

            using var answer = await server.Client.GetAsync(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            if (file.EndsWith(".js", StringComparison.Ordinal))
            {
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
                foreach (Match import in Imports().Matches(await answer.Content.ReadAsStringAsync()))
                {
                    scripts.Enqueue("js/" + import.Groups[1].Value);
                }
            }
        }

        seen.ShouldContain("js/viewer.js");
    }

    [Fact]
    public async Task a_file_that_did_not_change_is_not_sent_again()
    {
        using var first = await server.Client.GetAsync("js/main.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "js/main.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await server.Client.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("")]
    [InlineData("js/main.js")]
    [InlineData("v1/models")]
    [InlineData("nowhere")]
    [InlineData("docs/")]
    [InlineData("docs/scalar.js")]
    public async Task every_answer_carries_the_headers_that_keep_browsers_careful(string path)
    {
        using var answer = await server.Client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe-inline");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        if (path.StartsWith("v1/", StringComparison.Ordinal))
        {
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task only_chosen_origins_may_call_from_their_pages()
    {
        await using var open = await LoopbackServer.StartAsync(
            LoopbackServer.Options with { CorsOrigins = ["https://example.org"] });

        (await OriginAllowedAsync(open, "https://example.org")).ShouldBe("https://example.org");
        (await OriginAllowedAsync(open, "https://example.net")).ShouldBeNull();
        (await OriginAllowedAsync(server, "https://example.org")).ShouldBeNull();

        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/blur?mask=gaussian")
        {
            Headers = { { "Origin", "https://example.org" } }, Content = LoopbackServer.Form(Scenes.CrowdPng),
        };
        using var answer = await open.Client.SendAsync(request);
        var shown = string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers"));
        answer.Headers.Select(header => header.Key)
            .Where(name => name.StartsWith("X-FaceLoupe-", StringComparison.Ordinal))
            .ShouldAllBe(name => shown.Contains(name));
        shown.ShouldContain("X-FaceLoupe-Warning");
    }

    [Fact]
    public async Task a_strange_name_for_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
        request.Headers.Host = "rebound.example";

        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("bad-request");
    }

    private static async Task<string?> OriginAllowedAsync(LoopbackServer server, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models") { Headers = { { "Origin", origin } } };
        using var answer = await server.Client.SendAsync(request);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Attributes();

    [GeneratedRegex("from \"\\./([^\"]+)\"")]
    private static partial Regex Imports();
}
