using FaceLoupe.Geometry;

namespace FaceLoupe.Evaluation.Fddb;

/// <summary>
/// A region of FDDB: an ellipse or a rectangle. Stored as a convex polygon, so that overlaps are exact except that an
/// ellipse becomes a polygon of 128 corners with the same area.
/// </summary>
public sealed class FddbRegion
{
    private const int EllipseCorners = 128;

    private readonly (double X, double Y)[] _corners;

    private FddbRegion((double X, double Y)[] corners)
    {
        _corners = corners;
        Area = ConvexPolygon.Area(corners);
        Left = corners.Min(corner => corner.X);
        Right = corners.Max(corner => corner.X);
        Top = corners.Min(corner => corner.Y);
        Bottom = corners.Max(corner => corner.Y);
    }

    /// <summary>Area in square pixels.</summary>
    public double Area { get; }

    private double Left { get; }

    private double Right { get; }

    private double Top { get; }

    private double Bottom { get; }

    /// <summary>An ellipse.</summary>
    /// <param name="majorRadius">One half axis in pixels.</param>
    /// <param name="minorRadius">The other half axis in pixels.</param>
    /// <param name="angle">From the x axis to the first half axis, in radians.</param>
    /// <param name="centerX">Horizontal centre in pixels.</param>
    /// <param name="centerY">Vertical centre in pixels.</param>
    public static FddbRegion Ellipse(
        double majorRadius, double minorRadius, double angle, double centerX, double centerY)
    {
        // An inscribed polygon would be too small; it is scaled up to the area of the ellipse.
        const double step = 2 * Math.PI / EllipseCorners;
        var blown = Math.Sqrt(step / Math.Sin(step));
        var (sine, cosine) = Math.SinCos(angle);
        var corners = new (double X, double Y)[EllipseCorners];
        for (var i = 0; i < corners.Length; i++)
        {
            var (v, u) = Math.SinCos(i * step);
            var (x, y) = (u * Math.Abs(majorRadius) * blown, v * Math.Abs(minorRadius) * blown);
            corners[i] = (centerX + (x * cosine) - (y * sine), centerY + (x * sine) + (y * cosine));
        }

        return new FddbRegion(corners);
    }

    /// <summary>A rectangle.</summary>
    public static FddbRegion Rectangle(in Box box) => new(
    [
        (box.X, box.Y), (box.Right, box.Y), (box.Right, box.Bottom), (box.X, box.Bottom),
    ]);

    /// <summary>Intersection over union with another region, from 0 to 1.</summary>
    public double IoU(FddbRegion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Area == 0 || other.Area == 0
            || Left >= other.Right || other.Left >= Right || Top >= other.Bottom || other.Top >= Bottom)
        {
            return 0;
        }

        var intersection = ConvexPolygon.Area(ConvexPolygon.Intersection(_corners, other._corners));
        var union = Area + other.Area - intersection;
        return union > 0 ? Math.Clamp(intersection / union, 0, 1) : 0;
    }

    /// <summary>Whether a point lies within the region; for tests.</summary>
    internal bool Contains(double x, double y)
    {
        for (var i = 0; i < _corners.Length; i++)
        {
            var (a, b) = (_corners[i], _corners[(i + 1) % _corners.Length]);
            if (((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X)) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
