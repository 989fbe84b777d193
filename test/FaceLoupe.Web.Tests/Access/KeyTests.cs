using System.Net;
using FaceLoupe.Tests;
using FaceLoupe.Web.Access;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Access;

/// <summary>Where keys are asked for, nothing answers without one.</summary>
public sealed class KeyTests
{
    private const string Key = "correct-horse-battery-staple";
    private const string Other = "another-key-of-someone-else";

    private static readonly ServeOptions Locked = Options with { ApiKeys = [Other, Key] };

    [Fact]
    public async Task without_a_key_nothing_but_health_answers()
    {
        await using var server = await StartAsync(Locked);

        foreach (var path in (string[])["", "js/main.js", "v1/models", "metrics", "openapi/v1.json", "docs/",
            "nowhere"])
        {
            using var answer = await server.Client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ShouldBe(["Basic", "Bearer"]);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("unauthorized");
        }

        using var refused = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng));
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var path in (string[])["health", "health/live", "health/ready"])
        {
            using var answer = await server.Client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Key, true)]
    [InlineData("Authorization", "bearer " + Other, true)]
    [InlineData("Authorization", "Basic OmNvcnJlY3QtaG9yc2UtYmF0dGVyeS1zdGFwbGU=", true)]
    [InlineData("Authorization", "Basic d2hvOmNvcnJlY3QtaG9yc2UtYmF0dGVyeS1zdGFwbGU=", true)]
    [InlineData("X-Api-Key", Key, true)]
    [InlineData("Authorization", "Bearer ", false)]
    [InlineData("Authorization", "Bearer correct-horse-battery-stapl", false)]
    [InlineData("Authorization", "Bearer correct-horse-battery-staplE", false)]
    [InlineData("Authorization", "Bearer " + Key + Key, false)]
    [InlineData("Authorization", Key, false)]
    [InlineData("Authorization", "Basic no-base64", false)]
    [InlineData("Authorization", "Basic bm8tY29sb24=", false)]
    [InlineData("X-Api-Key", "", false)]
    [InlineData("Cookie", Key, false)]
    public async Task a_right_key_lets_in_and_a_wrong_one_does_not(string header, string value, bool lets)
    {
        await using var server = await StartAsync(Locked);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/detect") { Content = Form(Scenes.CrowdPng) };
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(lets ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void keys_are_kept_as_hashes_of_one_length()
    {
        var keys = new ApiKeys(Locked);

        keys.AreRequired.ShouldBeTrue();
        keys.Contain(Key).ShouldBeTrue();
        keys.Contain(Other).ShouldBeTrue();
        keys.Contain(string.Empty).ShouldBeFalse();
        new ApiKeys(Options).AreRequired.ShouldBeFalse();
    }

    [Theory]
    [InlineData("fifteen-letters")]
    [InlineData("sixteen letters, one of them a blank")]
    [InlineData("Schlüsselschlüssel")]
    public async Task a_key_that_can_be_guessed_or_not_sent_is_refused_without_being_told(string key)
    {
        var fault = await Should.ThrowAsync<FaceLoupeException>(
            () => FaceLoupeServer.StartAsync(Options with { ApiKeys = [key] }));

        fault.Message.ShouldContain("16 letters");
        fault.Message.ShouldNotContain(key);
    }

    [Fact]
    public async Task keys_come_from_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-keys-");
        try
        {
            var file = Path.Combine(folder.FullName, "keys");
            await File.WriteAllTextAsync(file, $"\n  {Key}  \r\n{Other}\n");
            using var process = Program.Start(
                "serve", "--model", TinyModel.Folder, "--port", "0", "--threads", "1", "--api-key-file", file);
            try
            {
                var line = (await process.StandardOutput.ReadLineAsync())!;
                var start = line.IndexOf("http", StringComparison.Ordinal);
                using var client = new HttpClient { BaseAddress = new Uri(line[start..line.IndexOf(';', start)]) };
                (await client.GetAsync("v1/models")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                client.DefaultRequestHeaders.Add("X-Api-Key", Other);
                (await client.GetAsync("v1/models")).StatusCode.ShouldBe(HttpStatusCode.OK);
            }
            finally
            {
                process.Kill();
            }

            await File.WriteAllTextAsync(file, "\n");
            foreach (var (path, reported) in ((string, string)[])[(file, "has no key"), (file + "s", "cannot be "
                + "read")])
            {
                var call = await Program.RunAsync("serve", "--model", TinyModel.Folder, "--api-key-file", path);
                call.ExitCode.ShouldBe(2);
                call.Error.ShouldContain(reported);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
