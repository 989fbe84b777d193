using FaceLoupe.Geometry;

namespace FaceLoupe.Datasets;

/// <summary>Outlines of faces: x, y, x, y and so on.</summary>
internal static class Outline
{
    /// <summary>The smallest box around an outline.</summary>
    /// <param name="points">At least one point, two numbers each.</param>
    public static Box BoxAround(ReadOnlySpan<double> points)
    {
        var (left, top, right, bottom) = (points[0], points[1], points[0], points[1]);
        for (var i = 2; i + 1 < points.Length; i += 2)
        {
            (left, right) = (Math.Min(left, points[i]), Math.Max(right, points[i]));
            (top, bottom) = (Math.Min(top, points[i + 1]), Math.Max(bottom, points[i + 1]));
        }

        return new Box((float)left, (float)top, (float)(right - left), (float)(bottom - top));
    }
}
