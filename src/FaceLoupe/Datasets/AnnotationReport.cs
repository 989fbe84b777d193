using System.Globalization;

namespace FaceLoupe.Datasets;

/// <summary>The counts of a reader of annotations, and what it skipped and why.</summary>
/// <param name="Pictures">Images read, with or without faces.</param>
/// <param name="Faces">Faces read, those flagged invalid among them.</param>
/// <param name="Notes">One note for each oddity that was met; empty when all was in order.</param>
public sealed record AnnotationReport(int Pictures, int Faces, IReadOnlyList<AnnotationNote> Notes)
{
    /// <summary>How often an oddity was met, 0 when never.</summary>
    public int CountOf(AnnotationOddity oddity) =>
        Notes.Where(note => note.Oddity == oddity).Select(note => note.Count).FirstOrDefault();

    /// <summary>The report for people: one line of totals, then one line for each oddity.</summary>
    public override string ToString() => string.Join('\n', Notes
        .Select(note => note.ToString())
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Pictures} images with {Faces} faces")));
}
