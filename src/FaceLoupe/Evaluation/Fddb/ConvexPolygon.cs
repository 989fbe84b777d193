namespace FaceLoupe.Evaluation.Fddb;

/// <summary>Convex polygons whose corners go round in the direction from the x axis to the y axis.</summary>
internal static class ConvexPolygon
{
    /// <summary>Area, 0 for less than three corners.</summary>
    public static double Area(IReadOnlyList<(double X, double Y)> corners)
    {
        var twice = 0d;
        for (var i = 0; i < corners.Count; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Count]);
            twice += (a.X * b.Y) - (b.X * a.Y);
        }

        return Math.Max(twice / 2, 0);
    }

    /// <summary>
    /// The polygon that two have in common, after Sutherland and Hodgman: cut by one edge after the other.
    /// </summary>
    public static IReadOnlyList<(double X, double Y)> Intersection(
        IReadOnlyList<(double X, double Y)> subject, IReadOnlyList<(double X, double Y)> window)
    {
        var (result, next) = (new List<(double X, double Y)>(subject), new List<(double X, double Y)>());
        for (var i = 0; i < window.Count && result.Count > 0; i++)
        {
            var (from, to) = (window[i], window[(i + 1) % window.Count]);
            next.Clear();
            for (var j = 0; j < result.Count; j++)
            {
                var (a, b) = (result[j], result[(j + 1) % result.Count]);
                var (sideOfA, sideOfB) = (Side(from, to, a), Side(from, to, b));
                if (sideOfA >= 0)
                {
                    next.Add(a);
                }

                if ((sideOfA > 0 && sideOfB < 0) || (sideOfA < 0 && sideOfB > 0))
                {
                    var share = sideOfA / (sideOfA - sideOfB);
                    next.Add((a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y))));
                }
            }

            (result, next) = (next, result);
        }

        return result;
    }

    // Above zero on the inner side of an edge.
    private static double Side((double X, double Y) from, (double X, double Y) to, (double X, double Y) point) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
}
