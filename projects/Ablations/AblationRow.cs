namespace FaceLoupe.Training.Ablations;

/// <summary>The paper's average precision on the WIDER FACE validation set, 0 to 1.</summary>
internal sealed record PaperFigures(double Easy, double Medium, double Hard);

/// <summary>One row of a table: a named change of the preset.</summary>
/// <param name="Name">Name for --rows and files.</param>
/// <param name="Label">Its name in the table.</param>
/// <param name="Paper">The paper's figures; null: it has no such row.</param>
/// <param name="Overrides">Changes of the preset, "dotted.key=value" each, as for --set.</param>
internal sealed record AblationRow(string Name, string Label, PaperFigures? Paper, params string[] Overrides)
{
    /// <summary>The stages that run; a baseline alone runs the first only.</summary>
    public DetectionStages Stages { get; init; } = DetectionStages.Both;

    /// <summary>Proposals are recorded boxes of another detector.</summary>
    public bool Recorded { get; init; }

    /// <summary>Name of the row with the part that this one lacks; null: no comparison.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>Name of the part in the comparison.</summary>
    public string? Part { get; init; }

    /// <summary>Position on the horizontal axis of Figure 6; null: not in the figure.</summary>
    public double? ContextFactor { get; init; }
}

/// <summary>A table of the paper.</summary>
/// <param name="Name">Name on the command line and of the files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Rows">Its rows, in the paper's order.</param>
internal sealed record AblationTable(string Name, string Title, IReadOnlyList<AblationRow> Rows)
{
    /// <summary>Picks rows by name.</summary>
    /// <param name="names">Names; empty: all rows.</param>
    /// <exception cref="FaceLoupeException">An unknown name; the message lists the known ones.</exception>
    public IReadOnlyList<AblationRow> Select(IReadOnlyList<string> names)
    {
        var unknown = names.Where(name => Rows.All(row => row.Name != name)).ToArray();
        return unknown.Length > 0
            ? throw new FaceLoupeException(
                $"--rows: {Name} has no row '{string.Join("', '", unknown)}'; its rows are "
                + $"{string.Join(", ", Rows.Select(row => row.Name))}.")
            : [.. Rows.Where(row => names.Count == 0 || names.Contains(row.Name))];
    }
}
