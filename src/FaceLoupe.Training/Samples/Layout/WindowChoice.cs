using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>Draws the position of a window in a source image.</summary>
internal static class WindowChoice
{
    /// <summary>A valid face to place a window around; null: none.</summary>
    public static Box? DrawAnchor(IReadOnlyList<FaceAnnotation> faces, SampleRandom random)
    {
        var valid = Valid(faces).ToArray();
        return valid.Length == 0 ? null : valid[random.NextInt(valid.Length)];
    }

    /// <summary>The valid faces.</summary>
    public static IEnumerable<Box> Valid(IReadOnlyList<FaceAnnotation> faces) =>
        faces.Where(face => !face.Invalid && face.Box.IsValid).Select(face => face.Box);

    /// <summary>
    /// Start of a window of <paramref name="window"/> px along one axis. If possible it contains the anchor and lies
    /// within the image; it is below 0 if the window is longer than the image.
    /// </summary>
    public static double DrawStart(
        double window, double picture, (double Start, double Length)? anchor, SampleRandom random)
    {
        var (low, high) = (Math.Min(picture - window, 0), Math.Max(picture - window, 0));
        if (anchor is not { } kept)
        {
            return random.Between(low, high);
        }

        // All starts that show the whole anchor, or nothing but the anchor if it is longer.
        var (first, last) = (kept.Start + kept.Length - window, kept.Start);
        (first, last) = (Math.Min(first, last), Math.Max(first, last));
        return random.Between(Math.Clamp(first, low, high), Math.Clamp(last, low, high));
    }

    /// <summary>A window of the given size within the image, around an anchor where one is given.</summary>
    public static Box DrawInside(SourcePicture source, double width, double height, Box? anchor, SampleRandom random)
    {
        var x = DrawStart(width, source.Picture.Width, anchor is { } a ? (a.X, a.Width) : null, random);
        var y = DrawStart(height, source.Picture.Height, anchor is { } b ? (b.Y, b.Height) : null, random);
        return new Box((float)x, (float)y, (float)width, (float)height);
    }
}
