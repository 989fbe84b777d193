using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary><c>faceloupe doctor</c>: what is installed, and whether it works.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var model = NewOption.Model();
        var json = NewOption.Switch("--json", "Print JSON.");
        var command = new Command(
            "doctor", "Reports versions, model, processor and ffmpeg, and checks that faces can be found.")
        {
            model, json,
        };
        command.SetAction(parsed => new DoctorRun(
            parsed.GetValue(model), parsed.GetValue(json), parsed.InvocationConfiguration.Output).Run());
        return command.WithExamples(
            ("faceloupe doctor", "what to include in a bug report"),
            ("faceloupe doctor --json --model models/mine", "the same as JSON, for a model of your own"));
    }
}
