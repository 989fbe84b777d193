using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// DBFace: a map of scores at stride 4, whose local peaks are faces, and the distances from there to the four edges.
/// </summary>
internal sealed class DbFaceFormat(string input) : TeacherFormat(
    "dbface", 0.55f, new TeacherInput(input, BlueFirst: true), ["score", "box"])
{
    private const int Stride = 4;

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        var (scores, edges, columns, cells) = (values[0], values[1], width / Stride, values[0].Length);
        for (var i = 0; i < cells; i++)
        {
            if (scores[i] >= LowestScore && IsPeak(scores, i, columns))
            {
                float x = i % columns, y = i / columns;
                yield return new ScoredBox(
                    Box.FromCorners(
                        x - edges[i], y - edges[cells + i], x + edges[(2 * cells) + i], y + edges[(3 * cells) + i]).Scale(Stride),
                    scores[i]);
            }
        }
    }

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
