using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>
/// DBFace: a map of scores at stride 4, whose local peaks are faces, with the distances to the four edges and five
/// landmarks on an exponential scale.
/// </summary>
internal sealed class DbFaceFormat(string input) : DetectorFormat(
    "dbface", 0.55f, new DetectorInput(input, BlueFirst: true), ["score", "box", "landmark"])
{
    private const int Stride = 4;

    public override bool PredictsLandmarks => true;

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        var (scores, edges, points) = (values[0], values[1], values[2]);
        var (columns, cells) = (width / Stride, scores.Length);
        for (var i = 0; i < cells; i++)
        {
            if (scores[i] >= LowestScore && IsPeak(scores, i, columns))
            {
                float x = i % columns, y = i / columns;
                yield return new ScoredBox(
                    Box.FromCorners(
                        x - edges[i], y - edges[cells + i],
                        x + edges[(2 * cells) + i], y + edges[(3 * cells) + i]).Scale(Stride),
                    scores[i])
                {
                    Landmarks = FaceLandmarks.Of([.. Enumerable.Range(0, 2 * FaceLandmarks.Count).Select(
                        // The map has all x before all y.
                        number => Offset(points[((number % 2 * FaceLandmarks.Count) + (number / 2)) * cells + i]))])
                        .Translate(x, y).Scale(Stride, Stride),
                };
            }
        }
    }

    // Linear up to a quarter of a cell, beyond that e to the power of four times the value.
    private static float Offset(float value) => Math.Abs(4 * value) < 1
        ? 4 * value * MathF.E
        : MathF.Sign(value) * MathF.Exp(Math.Abs(4 * value));

    private static bool IsPeak(float[] scores, int cell, int columns)
    {
        var (column, row, rows) = (cell % columns, cell / columns, scores.Length / columns);
        for (var y = Math.Max(row - 1, 0); y <= Math.Min(row + 1, rows - 1); y++)
        {
            for (var x = Math.Max(column - 1, 0); x <= Math.Min(column + 1, columns - 1); x++)
            {
                if (scores[(y * columns) + x] > scores[cell])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
