using System.CommandLine;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Options that the verbs of <c>faceloupe evaluate</c> have in common.</summary>
internal static class EvaluateOptions
{
    public static Option<string?> Json() => new("--json")
    {
        Description = "Also write the result as JSON.",
        HelpName = "FILE",
    };

    public static Option<string?> Plot(string description) => new("--plot")
    {
        Description = description,
        HelpName = "FILE",
    };

    public static Option<string?> Report() => new("--report")
    {
        Description = "Also write an HTML page with the evaluation settings, the figures, the curves and the worst "
            + "mistakes.",
        HelpName = "DIR",
    };
}
