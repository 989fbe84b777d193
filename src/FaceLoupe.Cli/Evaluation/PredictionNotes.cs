using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Notes on missing and unknown predictions, with the first few names.</summary>
internal static class PredictionNotes
{
    private const int Shown = 5;

    /// <summary>A line for missing predictions and one for unknown ones, if there are any.</summary>
    /// <param name="missing">Images without predictions.</param>
    /// <param name="unknown">Predictions without an image.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> missing, IReadOnlyList<string> unknown)
    {
        if (missing.Count > 0)
        {
            yield return Line(
                missing,
                "image has no predictions and counts as empty",
                "images have no predictions and count as empty");
        }

        if (unknown.Count > 0)
        {
            yield return Line(
                unknown, "prediction is for no annotated image and is ignored", "predictions are for no "
                    + "annotated image and are ignored");
        }
    }

    private static string Line(IReadOnlyList<string> names, string one, string many) =>
        $"{Numbers.Count(names.Count, one, many)}: "
        + string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", ..." : string.Empty);
}
