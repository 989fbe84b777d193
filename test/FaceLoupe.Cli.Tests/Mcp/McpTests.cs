using System.Text.Json;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace FaceLoupe.Cli.Tests.Mcp;

/// <summary>The program in a separate process, started by a client of the protocol.</summary>
public sealed class McpTests : IDisposable
{
    private readonly DetectScenes _scenes = new();
    private readonly string _root;

    public McpTests()
    {
        _root = Directory.CreateDirectory(_scenes.PathOf("root")).FullName;
        _scenes.Save("root/a.png");
        _scenes.Save("root/b.png", face: false);
        _scenes.Save("secret.png");
    }

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public async Task tools_are_offered_and_blur_only_with_a_folder_for_copies()
    {
        await using var without = await StartAsync(_root);
        (await without.ListToolsAsync()).Select(tool => tool.Name).ShouldBe(
            ["detect_faces", "count_faces"], ignoreOrder: true);

        await using var with = await StartAsync(_root, "--out", _scenes.PathOf("masked"));
        (await with.ListToolsAsync()).Select(tool => tool.Name)
            .ShouldBe(["detect_faces", "count_faces", "blur_faces"], ignoreOrder: true);
    }

    [Fact]
    public async Task faces_are_found_counted_and_hidden()
    {
        await using var client = await StartAsync(_root, "--out", _scenes.PathOf("masked"));

        var found = await CallAsync(client, "detect_faces", ("path", "a.png"));
        var document = DetectScenes.Detect(_scenes.PathOf("root/a.png")).Json;
        found.GetProperty("images")[0].GetProperty("faces").GetRawText()
            .ShouldBe(document.GetProperty("images")[0].GetProperty("faces").GetRawText());
        found.GetProperty("schemaVersion").GetInt32().ShouldBe(1);

        var counted = await CallAsync(client, "count_faces", ("path", _root));
        counted.GetRawText().ShouldBe("{\"pictures\":2,\"faces\":1,\"failed\":0}");

        var hidden = await CallAsync(client, "blur_faces", ("path", "a.png"), ("copy", "a.png"));
        hidden.GetProperty("regions").GetInt32().ShouldBe(1);
        File.Exists(_scenes.PathOf("masked/a.png")).ShouldBeTrue();
        (await FaultAsync(client, "blur_faces", ("path", "a.png"), ("copy", "a.png"))).ShouldContain(
            "already exists");
        (await FaultAsync(client, "blur_faces", ("path", "a.png"), ("copy", "../a.png"))).ShouldContain(
            "is not a name for a copy");
    }

    [Fact]
    public async Task what_is_reported_is_hidden_and_paths_are_whole()
    {
        PictureFile.Write(
            TinyModel.Scene(
                100, 90, (DetectScenes.Face, TinyModel.White), (TinyModel.Square(16, 7, 6), TinyModel.Cyan)),
            Path.Combine(_root, "doubtful.png"));
        await using var client = await StartAsync(
            Path.GetRelativePath(Environment.CurrentDirectory, _root),
            "--out",
            Path.GetRelativePath(Environment.CurrentDirectory, _scenes.PathOf("masked")),
            "--min-score",
            "0.1");

        client.ServerInstructions!.ShouldContain($"Paths lie in: {_root}");
        var counted = await CallAsync(client, "count_faces", ("path", Path.Combine(_root, "doubtful.png")));
        var hidden = await CallAsync(client, "blur_faces", ("path", "doubtful.png"), ("copy", "c.png"));
        counted.GetProperty("faces").GetInt32().ShouldBe(2);
        hidden.GetProperty("regions").GetInt32().ShouldBe(2);
        hidden.GetProperty("output").GetString().ShouldBe(_scenes.PathOf("masked/c.png"));
    }

    [Fact]
    public async Task nothing_outside_of_the_folders_is_reached()
    {
        File.CreateSymbolicLink(Path.Join(_root, "link.png"), _scenes.PathOf("secret.png"));
        Directory.CreateSymbolicLink(Path.Join(_root, "up"), _scenes.Folder);
        Directory.CreateDirectory(_root + "er");
        await using var client = await StartAsync(_root);

        foreach (var path in (string[])[
            "../secret.png", _scenes.PathOf("secret.png"), "link.png", "up/secret.png", "../nothing.png", _root + "er",
            "/etc", " "])
        {
            (await FaultAsync(client, "detect_faces", ("path", path))).ShouldContain(
                "is not in the folders", Case.Sensitive, path);
        }

        (await CallAsync(client, "count_faces", ("path", "."))).GetProperty("failed").GetInt32().ShouldBe(1);
        (await FaultAsync(client, "detect_faces", ("path", "c.png"))).ShouldContain("there is no such file");
    }

    [Fact]
    public void a_folder_that_is_not_there_is_refused() =>
        CliCall.Run("mcp", _scenes.PathOf("none"), "--model", TinyModel.Folder).ShouldBeRefused(
            "does not exist");

    private static Task<McpClient> StartAsync(params string[] args) =>
        McpClient.CreateAsync(new StdioClientTransport(new()
    {
        Command = "dotnet",
        Arguments =
            [Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll"), "mcp", .. args, "--model", TinyModel.Folder],
        Name = "faceloupe",
    }));

    private static async Task<JsonElement> CallAsync(
        McpClient client, string tool, params (string Name, object? Value)[] with)
    {
        var answer = await client.CallToolAsync(tool, with.ToDictionary(one => one.Name, one => one.Value));
        var text = answer.Content.OfType<TextContentBlock>().Single().Text;
        (answer.IsError ?? false).ShouldBeFalse(text);
        return JsonElement.Parse(text);
    }

    private static async Task<string> FaultAsync(
        McpClient client, string tool, params (string Name, object? Value)[] with)
    {
        var answer = await client.CallToolAsync(tool, with.ToDictionary(one => one.Name, one => one.Value));
        answer.IsError.ShouldBe(true);
        return answer.Content.OfType<TextContentBlock>().Single().Text;
    }
}
