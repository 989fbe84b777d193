namespace FaceLoupe.Datasets;

/// <summary>How often one oddity occurs in an annotation file, and where it occurs first.</summary>
/// <param name="Oddity">What was odd.</param>
/// <param name="Count">How often, at least 1.</param>
/// <param name="Examples">
/// The first few places, at most <see cref="MaxExamples"/>: the line of the annotation file and the image's name.
/// </param>
public sealed record AnnotationNote(AnnotationOddity Oddity, int Count, IReadOnlyList<string> Examples)
{
    /// <summary>Places kept for each oddity; the rest is only counted.</summary>
    public const int MaxExamples = 5;

    /// <summary>
    /// One line for people, as in "3 faces skipped, width or height not above zero: line 7, a.jpg; ...".
    /// </summary>
    public override string ToString()
    {
        var (one, many, what) = Oddity switch
        {
            AnnotationOddity.MissingPicture => ("image", "images", "skipped, file missing"),
            AnnotationOddity.EmptyBox => ("face", "faces", "skipped, width or height not above zero"),
            AnnotationOddity.InvalidFace => ("face", "faces", "kept but flagged invalid"),
            AnnotationOddity.OtherCategory => ("box", "boxes", "skipped, of another category"),
            AnnotationOddity.NoBox => ("annotation", "annotations", "skipped, without a box"),
            AnnotationOddity.Outline => ("face", "faces", "given by an outline, the box around it taken"),
            AnnotationOddity.Landmarks => ("face", "faces", "kept without their landmarks"),
            _ => ("image", "images", "skipped, listed before"),
        };
        var count = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{Count} {(Count == 1 ? one : many)}");
        return $"{count} {what}: {string.Join("; ", Examples)}{(Count > Examples.Count ? "; ..." : "")}";
    }
}
