using FaceLoupe.Cli.Tests.Detection;

namespace FaceLoupe.Cli.Tests.ObjectStores;

public sealed class RemotePicturesTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void a_picture_of_a_web_server_has_the_faces_of_the_file()
    {
        var bytes = File.ReadAllBytes(_scenes.Save("a.png"));
        using var server = new PlainServer((_, context) => context.Response.OutputStream.Write(bytes));

        var call = DetectScenes.Detect(server.Address + "a.png?size=whole");

        call.ExitCode.ShouldBe(0, call.Error);
        var image = call.Json.GetProperty("images")[0];
        image.GetProperty("image").GetString().ShouldBe(server.Address + "a.png?size=whole");
        image.GetProperty("faces").GetRawText()
            .ShouldBe(
                DetectScenes.Detect(_scenes.PathOf("a.png")).Json.GetProperty("images")[0].GetProperty("faces")
                    .GetRawText());
    }

    [Theory]
    [InlineData("blur works on files on this machine", "blur", "https://example.org/a.png", "--out", "b")]
    [InlineData(
        "only a single file or the parts of --shard can be written there", "detect", "a.png", "--format", "yolo",
        "--out", "s3://results/labels")]
    public void what_stays_on_this_machine_is_reported(string reported, params string[] args)
    {
        var call = CliCall.Run(args);
        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain(reported);
    }
}
