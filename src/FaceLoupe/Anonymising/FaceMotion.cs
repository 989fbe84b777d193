using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>How a face moves, in pixels per frame.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
internal readonly record struct FaceMotion(float X, float Y)
{
    /// <summary>From the sides of a face's boxes that the edge of the image does not cut; null: unknown.</summary>
    /// <param name="seen">Its detections, in order.</param>
    /// <param name="size">Size of the image; null: not known, and no box is cut.</param>
    public static FaceMotion? Of(IReadOnlyList<(long Frame, Box Box)> seen, (int Width, int Height)? size)
    {
        if (size is { } all)
        {
            // Detectors shrink the boxes of faces that an edge cuts, and the free side then lags behind.
            var uncut = seen.Where(at => PictureEdge.Cut(at.Box, all.Width, all.Height) == default).ToArray();
            seen = uncut.Length >= 2 ? uncut : seen;
        }

        if (seen.Count < 2)
        {
            return null;
        }

        var cuts = seen.Select(at =>
            size is { } edges ? PictureEdge.Cut(at.Box, edges.Width, edges.Height) : default).ToArray();
        return new FaceMotion(
            Mean(
                Slope(seen, box => box.X, i => cuts[i].Left), Slope(seen, box => box.Right, i => cuts[i].Right)),
            Mean(
                Slope(seen, box => box.Y, i => cuts[i].Top), Slope(seen, box => box.Bottom, i => cuts[i].Bottom)));
    }

    /// <summary>The median of motions along each axis; null: there are too few.</summary>
    public static FaceMotion? Median(IReadOnlyCollection<FaceMotion> motions) => motions.Count < 3 ? null
        : new FaceMotion(
            motions.Select(motion => motion.X).Order().ElementAt(motions.Count / 2),
            motions.Select(motion => motion.Y).Order().ElementAt(motions.Count / 2));

    private static float Mean(float? one, float? other) =>
        one is { } a && other is { } b ? (a + b) / 2 : one ?? other ?? 0;

    // Least squares; null: the side was free less than twice.
    private static float? Slope(
        IReadOnlyList<(long Frame, Box Box)> seen, Func<Box, float> side, Func<int, bool> isCut)
    {
        var free = Enumerable.Range(0, seen.Count).Where(i => !isCut(i))
            .Select(i => (Time: (double)(seen[i].Frame - seen[0].Frame), At: (double)side(seen[i].Box))).ToArray();
        if (free.Length < 2)
        {
            return null;
        }

        var (time, place) = (free.Average(at => at.Time), free.Average(at => at.At));
        return (float)(free.Sum(at => (at.Time - time) * (at.At - place))
            / free.Sum(at => (at.Time - time) * (at.Time - time)));
    }
}
