using System.CommandLine;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Evaluation;

/// <summary><c>faceloupe evaluate</c>: measures detectors, one verb per protocol.</summary>
internal static class EvaluateCommand
{
    public static Command Create() =>
        new Command("evaluate", "Measures how well faces are found, one verb per protocol.")
        {
            EvaluateBoxesCommand.Create(), EvaluateWiderCommand.Create(), EvaluateFddbCommand.Create(),
        }.WithExamples(
            ("faceloupe evaluate boxes --annotations bbx.txt --images images", "the default model on any images"),
            ("faceloupe evaluate boxes --help", "the options of a protocol"));
}
