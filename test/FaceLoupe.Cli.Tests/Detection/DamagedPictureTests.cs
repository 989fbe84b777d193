using System.Text.Json;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>Damage is reported: results carry it, --strict and blur refuse it.</summary>
public sealed class DamagedPictureTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("coco")]
    public void results_of_a_damaged_picture_say_so(string format)
    {
        var call = Detect(Damaged(), _scenes.Save("b.png"), "--format", format);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain("a.jpg: the file is damaged: ");
        var images = format == "jsonl"
            ? call.Output.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))
            : call.Json.GetProperty("images").EnumerateArray();
        images.Select(image => image.TryGetProperty("damaged", out var damaged) && damaged.GetBoolean())
            .ShouldBe([true, false]);
    }

    [Fact]
    public void a_resumed_run_keeps_the_mark()
    {
        var (damaged, file) = (Damaged(), _scenes.PathOf("faces.json"));
        Detect(damaged, "--json", file).ExitCode.ShouldBe(0);
        Detect(damaged, _scenes.Save("b.png"), "--json", file, "--resume").ExitCode.ShouldBe(0);
        File.ReadAllText(file).ShouldContain("\"damaged\": true");
    }

    [Fact]
    public void strict_refuses_a_damaged_picture_and_goes_on()
    {
        var call = Detect(Damaged(), _scenes.Save("b.png"), "--strict");

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldEndWith("; get a whole copy, or leave out --strict.");
        call.Json.GetProperty("images").GetArrayLength().ShouldBe(1);
        call.Json.GetProperty("errors").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void blur_refuses_a_damaged_picture_unless_told_otherwise()
    {
        var (damaged, target) = (Damaged(), _scenes.PathOf("hidden.jpg"));
        string[] call = ["blur", damaged, "--out", target, "--model", TinyModel.Folder];

        var refused = CliCall.Run(call);

        refused.ExitCode.ShouldBe(2);
        refused.Faults[^1].ShouldContain("a.jpg: the file is damaged: ");
        File.Exists(target).ShouldBeFalse();
        refused.Faults[^1].ShouldEndWith("; get a whole copy, or hide what shows with --allow-damaged.");
        var allowed = CliCall.Run([.. call, "--allow-damaged"]);
        allowed.ExitCode.ShouldBe(0);
        allowed.Error.ShouldContain("faces may be missing or wrong (without --allow-damaged it is refused).");
        File.Exists(target).ShouldBeTrue();
    }

    // A JPEG that lacks its last rows, with an end marker appended.
    private string Damaged()
    {
        var whole = PictureFile.Encode(PictureFile.Read(_scenes.Save("scene.png")), PictureFormat.Jpeg);
        var path = _scenes.PathOf("a.jpg");
        File.WriteAllBytes(path, [.. whole[..^60], 0xFF, 0xD9]);
        return path;
    }
}
