namespace FaceLoupe.Training.Paper;

/// <summary>How a step of the paper's experiments ended.</summary>
internal enum StepOutcome
{
    /// <summary>It has not been begun.</summary>
    Waiting,

    /// <summary>It was begun and stopped.</summary>
    Stopped,

    /// <summary>It failed, or a step that it needs did.</summary>
    Failed,

    /// <summary>All of it is done.</summary>
    Done,
}

/// <summary>One call on the way from WIDER FACE to the paper's tables.</summary>
/// <param name="Name">Its name in reports: the verb, and the table.</param>
/// <param name="Arguments">What <c>faceloupe-train</c> is called with.</param>
/// <param name="Needs">Names of the steps that must be done before.</param>
internal sealed record PaperStep(string Name, IReadOnlyList<string> Arguments, params string[] Needs)
{
    /// <summary>
    /// What it reads that another call may change or add, such as published curves; default: nothing.
    /// </summary>
    public string Inputs { get; init; } = string.Empty;

    /// <summary>The call as a line for a shell.</summary>
    public string CommandLine => $"faceloupe-train {string.Join(' ', Arguments.Select(Quoted))}";

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./=:,".Contains(letter))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
