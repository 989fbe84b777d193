namespace FaceLoupe.Training.Ablations;

/// <summary>How far a row with one seed is.</summary>
internal enum RowState
{
    /// <summary>Not begun, or not asked for in this call.</summary>
    Waiting,

    /// <summary>Trained in part: it was stopped.</summary>
    Unfinished,

    /// <summary>Trained and measured.</summary>
    Done,

    /// <summary>Something went wrong; the other rows went on.</summary>
    Failed,
}

/// <summary>A row with one seed in the result.</summary>
internal sealed record SeedResult
{
    public required ulong Seed { get; init; }

    public required RowState State { get; init; }

    /// <summary>What is wrong or still missing, in one line; null when done.</summary>
    public string? Remark { get; init; }

    /// <summary>The model's folder, relative to the table's; null until it is exported.</summary>
    public string? Model { get; init; }

    /// <summary>What was measured; null until done.</summary>
    public RowFigures? Figures { get; init; }
}
