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
/// <param name="Seed">The seed.</param>
/// <param name="State">Its state.</param>
/// <param name="Remark">The fault or what is missing, in one line; null when done.</param>
/// <param name="Model">The model's folder, relative to the table's; null until it is exported.</param>
/// <param name="Figures">The results; null until done.</param>
internal sealed record SeedResult(
    ulong Seed, RowState State, string? Remark = null, string? Model = null, RowFigures? Figures = null);
