using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Flags;

public sealed class ModelChoiceTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("detect")]
    [InlineData("blur", "--out", "out")]
    [InlineData("enhance", "--out", "out")]
    [InlineData("evaluate")]
    public void where_a_device_is_missing_the_processor_works_and_a_line_says_why(string verb, params string[] options)
    {
        var picture = _scenes.Save("in/a.png");
        string[] args = verb == "evaluate"
            ? [verb, "boxes", "--annotations", _scenes.Write("a.txt", "a.png\n1\n9 9 9 9\n"), "--images",
                _scenes.PathOf("in")]
            : [verb, picture, .. options.Select(word => word.StartsWith('-') ? word : _scenes.PathOf(word))];

        var call = CliCall.Run([.. args, "--model", TinyModel.Folder, "--threads", "1", "--device", "DirectML"]);

        call.ExitCode.ShouldBe(0, call.Error);
        var note = call.Faults.ShouldHaveSingleItem();
        note.ShouldStartWith("faceloupe: Device DirectML: ");
        note.ShouldEndWith("Running on the CPU.");
    }

    [Theory]
    [InlineData("detect", "a.png")]
    [InlineData("blur", "a.png", "--out", "b.png")]
    [InlineData("enhance", "a.png", "--out", "b")]
    [InlineData("evaluate", "boxes", "--annotations", "a.txt", "--images", "b")]
    [InlineData("serve")]
    public void every_verb_that_runs_a_model_takes_the_same_devices_and_threads(params string[] args)
    {
        CliCall.Run([.. args, "--device", "abacus"])
            .ShouldBeRefused("--device is 'abacus', not cpu, cuda, directml or coreml.");
        CliCall.Run([.. args, "--threads", "-1"]).ShouldBeRefused(
            "--threads is '-1', not a whole number from 0 to 1024.");
    }
}
