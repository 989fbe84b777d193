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
}
