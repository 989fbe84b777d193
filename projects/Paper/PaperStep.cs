namespace FaceLoupe.Training.Paper;

/// <summary>How a step of the paper's experiments ended.</summary>
internal enum StepOutcome
{
    /// <summary>Not started.</summary>
    Waiting,

    /// <summary>Started and stopped.</summary>
    Stopped,

    /// <summary>It failed, or a step that it needs did.</summary>
    Failed,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>One call of <c>faceloupe-train</c> in the paper's experiments.</summary>
/// <param name="Name">Its name in reports: the verb, and the table.</param>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="Needs">Names of the steps that must be done before.</param>
internal sealed record PaperStep(string Name, IReadOnlyList<string> Arguments, params string[] Needs)
{
    /// <summary>Inputs that another call may change, such as published curves. Default: none.</summary>
    public string Inputs { get; init; } = string.Empty;

    /// <summary>The call as a line for a shell.</summary>
    public string CommandLine => $"faceloupe-train {string.Join(' ', Arguments.Select(Quoted))}";

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./=:,".Contains(letter))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
