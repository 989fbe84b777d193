using System.CommandLine;

namespace FaceLoupe.Cli.Commands;

/// <summary><c>faceloupe evaluate</c>: measures detectors, one verb a protocol.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Measures how well faces are found, one verb a protocol.")
    {
        EvaluateBoxesCommand.Create(), EvaluateWiderCommand.Create(), EvaluateFddbCommand.Create(),
    };
}
