using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Observation;

[Collection(ServerAlone.Name)]
public sealed class ObservationTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Theory]
    [InlineData("health")]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    public async Task the_server_says_that_it_is_well(string path)
    {
        var health = await server.JsonOfAsync(path);

        health.GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task metrics_count_pictures_faces_seconds_and_refusals()
    {
        // Servers of other tests may have counted in the same process: only the growth is known, and only from below.
        var before = await MetricsAsync();
        await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));
        using (var refused = await server.PostAsync("v1/detect?stages=7", Form(Scenes.CrowdPng)))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        (string Name, double Growth)[] expected = [(Faces, 3), (Pictures, 1), (Refusals, 1)];
        var after = before;
        for (var attempt = 0; attempt < 100 && !expected.All(metric => Growth(metric.Name) >= metric.Growth); attempt++)
        {
            await Task.Delay(100); // scrapes are cached for a moment
            after = await MetricsAsync();
        }

        foreach (var (name, growth) in expected)
        {
            Growth(name).ShouldBeGreaterThanOrEqualTo(growth, name);
        }

        foreach (var stage in new[] { "decode", "proposals", "crops", "generator", "discriminator", "fusion" })
        {
            var count = $"faceloupe_stage_duration_seconds_count{{[^}}]*stage=\"{stage}\"}}";
            Value(after, count).ShouldBeGreaterThanOrEqualTo(1, stage);
        }

        after.ShouldContain("faceloupe_queue_running");
        after.ShouldContain("faceloupe_queue_waiting");
        after.ShouldContain("http_server_request_duration_seconds");
        after.ShouldNotContain("crowd.png");

        double Growth(string name) => Value(after, name) - Value(before, name);
    }

    private const string Faces = "faceloupe_faces_total{[^}]*}";
    private const string Pictures = "faceloupe_pictures_total{[^}]*endpoint=\"detect\"}";
    private const string Refusals = "faceloupe_refused_total{[^}]*code=\"bad-parameter\"}";

    private Task<string> MetricsAsync() => server.Client.GetStringAsync("metrics");

    // Servers of other tests may have series of their own.
    private static double Value(string metrics, string name) =>
        Regex.Matches(metrics, $"^{name} (?<value>[0-9.e+]+)", RegexOptions.Multiline)
            .Sum(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
}
