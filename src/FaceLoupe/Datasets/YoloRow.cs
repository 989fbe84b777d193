using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Datasets;

/// <summary>A row of YOLO's text files.</summary>
/// <param name="Box">The box, in pixels.</param>
/// <param name="Score">The confidence; 1 where none is given.</param>
/// <param name="Place">File and line.</param>
/// <param name="Oddity">What else the row held, or what replaced the box; null: nothing.</param>
internal sealed record YoloRow(Box Box, double Score, string Place, AnnotationOddity? Oddity = null)
{
    private const int BoxColumns = 5;
    private const int Corners = 3;
    private const int FaceLandmarks = 5;

    // Of a nose or an ear a little outside of the box.
    private const double Slack = 0.5;

    /// <summary>
    /// Parses a row: <c>class x y width height</c>, perhaps with landmarks behind (two or three numbers each, three
    /// with their visibility), or <c>class x y x y ...</c>, an outline of at least three points.
    /// </summary>
    /// <returns>The row; null: neither.</returns>
    public static YoloRow? Of(double[]? numbers, PictureSize size, bool withScore, string place)
    {
        if (numbers is null || numbers.Length < BoxColumns + (withScore ? 1 : 0))
        {
            return null;
        }

        var score = withScore ? numbers[^1] : 1;
        var row = withScore ? numbers.AsSpan(..^1) : numbers;
        if (row.Length == BoxColumns || HasLandmarks(row))
        {
            return new YoloRow(
                ToBox(row, size), score, place, row.Length == BoxColumns ? null : AnnotationOddity.Landmarks);
        }

        if (row.Length % 2 == 0 || row.Length < 1 + (2 * Corners))
        {
            return null;
        }

        var outline = row[1..].ToArray();
        for (var i = 0; i < outline.Length; i++)
        {
            outline[i] *= i % 2 == 0 ? size.Width : size.Height;
        }

        return new YoloRow(Outline.BoxAround(outline), score, place, AnnotationOddity.Outline);
    }

    // An even number of columns cannot be an outline. Fifteen can be one of seven points, or the five landmarks of face
    // detectors: these lie in the box that the row begins with, or are negative where they are not known.
    private static bool HasLandmarks(ReadOnlySpan<double> row)
    {
        var rest = row[BoxColumns..];
        if (row.Length % 2 == 0)
        {
            return rest.Length % 3 == 0;
        }

        if (rest.Length != 2 * FaceLandmarks)
        {
            return false;
        }

        for (var i = 0; i < rest.Length; i++)
        {
            var reach = row[3 + (i % 2)] * Slack;
            if (rest[i] >= 0 && Math.Abs(rest[i] - row[1 + (i % 2)]) > reach + (reach * Slack))
            {
                return false;
            }
        }

        return true;
    }

    private static Box ToBox(ReadOnlySpan<double> numbers, PictureSize size)
    {
        var (width, height) = (numbers[3] * size.Width, numbers[4] * size.Height);
        return new Box(
            (float)((numbers[1] * size.Width) - (width / 2)),
            (float)((numbers[2] * size.Height) - (height / 2)),
            (float)width,
            (float)height);
    }
}
