namespace FaceLoupe.Geometry;

/// <summary>
/// Overlap of boxes in continuous coordinates. The WIDER FACE toolkit's +1 pixel variant is in its evaluator only.
/// </summary>
public static class Overlap
{
    /// <summary>Area shared by two boxes, in square pixels; 0 when they do not meet.</summary>
    public static float Intersection(in Box a, in Box b)
    {
        var width = MathF.Min(a.Right, b.Right) - MathF.Max(a.X, b.X);
        var height = MathF.Min(a.Bottom, b.Bottom) - MathF.Max(a.Y, b.Y);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// <summary>Intersection over union, from 0 to 1; 0 when both boxes are empty.</summary>
    public static float IoU(in Box a, in Box b)
    {
        var intersection = Intersection(a, b);
        var union = a.Area + b.Area - intersection;
        return union > 0 ? intersection / union : 0;
    }

    /// <summary>
    /// Share of <paramref name="inner"/>'s area that lies within <paramref name="outer"/>, from 0 to 1.
    /// </summary>
    public static float Coverage(in Box inner, in Box outer) =>
        inner.Area > 0 ? Intersection(inner, outer) / inner.Area : 0;

    /// <summary>
    /// Share of <paramref name="inner"/>'s area that lies within any of <paramref name="outers"/>, from 0 to 1.
    /// </summary>
    internal static float Coverage(in Box inner, IEnumerable<Box> outers)
    {
        if (!(inner.Area > 0))
        {
            return 0;
        }

        var (left, top, right, bottom) = (inner.X, inner.Y, inner.Right, inner.Bottom);
        var byTop = outers
            .Select(box => (
                Left: MathF.Max(box.X, left), Top: MathF.Max(box.Y, top),
                Right: MathF.Min(box.Right, right), Bottom: MathF.Min(box.Bottom, bottom)))
            .Where(part => part.Left < part.Right && part.Top < part.Bottom)
            .OrderBy(part => part.Top)
            .ToArray();

        // Between two neighbouring edges the same boxes lie side by side, from top to bottom.
        var edges = byTop.SelectMany(part => new[] { part.Left, part.Right }).Distinct().Order().ToArray();
        var area = 0f;
        for (var i = 1; i < edges.Length; i++)
        {
            var (height, end) = (0f, top);
            foreach (var part in byTop.Where(part => part.Left < edges[i] && part.Right > edges[i - 1]))
            {
                height += MathF.Max(part.Bottom - MathF.Max(part.Top, end), 0);
                end = MathF.Max(end, part.Bottom);
            }

            area += height * (edges[i] - edges[i - 1]);
        }

        return MathF.Min(area / inner.Area, 1);
    }
}
