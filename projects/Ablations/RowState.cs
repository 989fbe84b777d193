namespace FaceLoupe.Training.Ablations;

/// <summary>State of a row with one seed.</summary>
internal enum RowState
{
    /// <summary>Not started, or not requested in this call.</summary>
    Waiting,

    /// <summary>Stopped during training.</summary>
    Unfinished,

    /// <summary>Trained and evaluated.</summary>
    Done,

    /// <summary>It failed; the other rows continued.</summary>
    Failed,
}

/// <summary>A row with one seed in the result.</summary>
internal sealed record SeedResult
{
    public required ulong Seed { get; init; }

    public required RowState State { get; init; }

    /// <summary>The fault or what is missing, in one line; null when done.</summary>
    public string? Remark { get; init; }

    /// <summary>The model's folder, relative to the table's; null until it is exported.</summary>
    public string? Model { get; init; }

    /// <summary>The results; null until done.</summary>
    public RowFigures? Figures { get; init; }
}
