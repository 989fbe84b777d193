namespace FaceLoupe.Evaluation.Fddb;

/// <summary>One point of FDDB's curves: what counts from a score upwards.</summary>
/// <param name="Score">The lowest score counted.</param>
/// <param name="FalsePositives">Detections that are not matched with an overlap above 0.5, over all images.</param>
/// <param name="Discrete">Share of the faces matched with an overlap above 0.5, from 0 to 1.</param>
/// <param name="Continuous">Sum of the matched overlaps over the number of faces, from 0 to 1.</param>
public readonly record struct FddbPoint(double Score, int FalsePositives, double Discrete, double Continuous);

/// <summary>FDDB's two curves over all folds.</summary>
/// <param name="Points">The points, by falling score.</param>
/// <param name="Pictures">Images of the folds.</param>
/// <param name="Faces">Annotated faces.</param>
/// <param name="Detections">Detections read for them.</param>
/// <param name="Missing">Images without an entry; their faces count as missed.</param>
/// <param name="Unknown">Entries that belong to no image; not counted.</param>
public sealed record FddbResult(
    IReadOnlyList<FddbPoint> Points,
    int Pictures,
    int Faces,
    int Detections,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unknown)
{
    /// <summary>
    /// The point with the most false positives up to a number: where the curve is read. Null when even the first
    /// score has more, or there is no detection.
    /// </summary>
    public FddbPoint? At(int falsePositives)
    {
        FddbPoint? last = null;
        foreach (var point in Points)
        {
            if (point.FalsePositives <= falsePositives)
            {
                last = point;
            }
        }

        return last;
    }
}
