using FaceLoupe.Geometry;

namespace FaceLoupe.Evaluation.Wider;

/// <summary>
/// Intersection over union as the WIDER FACE toolkit has it, and nothing else should: the right edge is x + width, and
/// one pixel is added to every width and height after that.
/// </summary>
internal static class ToolkitOverlap
{
    /// <summary>IoU with the added pixel, from 0 to 1.</summary>
    public static double IoU(in Box a, in Box b)
    {
        double aRight = (double)a.X + a.Width, aBottom = (double)a.Y + a.Height;
        double bRight = (double)b.X + b.Width, bBottom = (double)b.Y + b.Height;
        var width = Math.Min(aRight, bRight) - Math.Max(a.X, b.X) + 1;
        var height = Math.Min(aBottom, bBottom) - Math.Max(a.Y, b.Y) + 1;
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var intersection = width * height;
        var union = ((aRight - a.X + 1) * (aBottom - a.Y + 1))
            + ((bRight - b.X + 1) * (bBottom - b.Y + 1)) - intersection;
        return intersection / union;
    }
}
