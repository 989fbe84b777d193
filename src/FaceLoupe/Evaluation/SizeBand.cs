namespace FaceLoupe.Evaluation;

/// <summary>
/// Faces of similar size, by the longer side of their ground truth. A band is scored as if other faces did not matter:
/// faces outside it are ignored, and so are unmatched predictions of a clearly different size.
/// </summary>
/// <param name="Name">Short name for tables.</param>
/// <param name="Above">Longer sides above this many pixels belong to the band.</param>
/// <param name="UpTo">Longer sides up to this many pixels belong to the band.</param>
public sealed record SizeBand(string Name, float Above, float UpTo)
{
    /// <summary>Faces of every size.</summary>
    public static SizeBand All { get; } = new("all", 0, float.PositiveInfinity);

    /// <summary>All faces; tiny ones up to 16 px; small ones up to 32 px; larger ones.</summary>
    public static IReadOnlyList<SizeBand> Standard { get; } =
    [
        All,
        new SizeBand("tiny", 0, 16),
        new SizeBand("small", 16, 32),
        new SizeBand("larger", 32, float.PositiveInfinity),
    ];

    /// <summary>Whether a face of this longer side (pixels) belongs to the band.</summary>
    public bool Holds(float longerSide) => longerSide > Above && longerSide <= UpTo;

    /// <summary>
    /// Whether an unmatched prediction of this longer side (pixels) is a false alarm of the band: from half its lower
    /// to twice its upper limit.
    /// </summary>
    public bool CountsFalsePositive(float longerSide) => longerSide >= Above / 2 && longerSide <= UpTo * 2;
}
