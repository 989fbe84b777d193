using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>A part of an image, resized for a detector.</summary>
/// <param name="Region">The part, in pixels of the image.</param>
/// <param name="Width">Its width after resizing.</param>
/// <param name="Height">Its height after resizing.</param>
internal readonly record struct DetectorView(Box Region, int Width, int Height)
{
    /// <summary>Public detectors miss faces below about 10 px; all do better on images of twice the size.</summary>
    public const float Enlargement = 2;

    private const int MostPixels = 2560 * 2560;
    private const float TileOverlap = 0.2f;
    private const float BorderMargin = 2;

    /// <summary>
    /// The views of an image: all of it, fitted into a fixed side or resized; then all of it at another scale, in
    /// overlapping tiles if the side is fixed.
    /// </summary>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="side">The side of a detector's input; 0: any.</param>
    /// <param name="scale">The first scale where the side is free.</param>
    /// <param name="extraScale">The other scale; 0: none.</param>
    public static IEnumerable<DetectorView> Plan(int width, int height, int side, float scale, float extraScale)
    {
        var whole = new Box(0, 0, width, height);
        var largest = MathF.Sqrt((float)MostPixels / width / height);
        var first = side > 0 ? (float)side / Math.Max(width, height) : Math.Min(scale, largest);
        yield return Scaled(whole, first);
        if (extraScale <= 0)
        {
            yield break;
        }

        if (side == 0)
        {
            yield return Scaled(whole, Math.Min(extraScale, largest));
            yield break;
        }

        var tile = side / extraScale;
        foreach (var top in Starts(height, tile))
        {
            foreach (var left in Starts(width, tile))
            {
                yield return Scaled(new Box(left, top, Math.Min(tile, width), Math.Min(tile, height)), extraScale);
            }
        }
    }

    /// <summary>A box of the view in pixels of the image.</summary>
    public Box ToPicture(in Box box) =>
        box.Scale(Region.Width / Width, Region.Height / Height).Translate(Region.X, Region.Y);

    /// <summary>A point of the view in pixels of the image.</summary>
    public PicturePoint ToPicture(PicturePoint point) =>
        new((point.X * Region.Width / Width) + Region.X, (point.Y * Region.Height / Height) + Region.Y);

    /// <summary>False for a box at an inner border of the view: another tile contains more of it.</summary>
    public bool ShowsWhole(in Box box, int pictureWidth, int pictureHeight) =>
        (box.X > BorderMargin || Region.X <= 0)
        && (box.Y > BorderMargin || Region.Y <= 0)
        && (box.Right < Width - BorderMargin || Region.Right >= pictureWidth)
        && (box.Bottom < Height - BorderMargin || Region.Bottom >= pictureHeight);

    private static DetectorView Scaled(in Box region, float scale) => new(
        region, Math.Max(1, (int)MathF.Round(region.Width * scale)),
        Math.Max(1, (int)MathF.Round(region.Height * scale)));

    private static IEnumerable<float> Starts(float length, float tile)
    {
        var count = length <= tile ? 1 : 1 + (int)MathF.Ceiling((length - tile) / (tile * (1 - TileOverlap)));
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (length - tile) * i / (count - 1));
    }
}
