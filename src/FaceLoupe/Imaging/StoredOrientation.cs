using FaceLoupe.Geometry;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>How a picture's pixels are stored, and where a place of the upright picture is among them.</summary>
/// <param name="Origin">Which corner comes first, numbered as in EXIF.</param>
internal readonly record struct StoredOrientation(SKEncodedOrigin Origin)
{
    /// <summary>
    /// That of a file, by its EXIF data. Of formats that a <see cref="PictureCodec"/> reads it is not known: taken as
    /// upright, which is how HEIF files are shown whatever their EXIF data say.
    /// </summary>
    public static StoredOrientation Read(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || !PictureDecoder.IsReadable(codec))
        {
            return new StoredOrientation(SKEncodedOrigin.TopLeft);
        }

        if (codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            return new StoredOrientation(codec.EncodedOrigin);
        }

        using var file = File.OpenRead(path);
        return new StoredOrientation(PngChunks.Read(file).Origin);
    }

    /// <summary>Whether rows are stored as columns.</summary>
    public bool IsSideways => Origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
        or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The size of the stored picture.</summary>
    public PictureSize Stored(PictureSize upright) => IsSideways ? new(upright.Height, upright.Width) : upright;

    /// <summary>Where a box of the upright picture is in the stored one.</summary>
    public Box Stored(Box upright, PictureSize size)
    {
        var (x, y, right, bottom) = (upright.X, upright.Y, size.Width - upright.Right, size.Height - upright.Bottom);
        var (left, top) = Origin switch
        {
            SKEncodedOrigin.TopRight => (right, y),
            SKEncodedOrigin.BottomRight => (right, bottom),
            SKEncodedOrigin.BottomLeft => (x, bottom),
            SKEncodedOrigin.LeftTop => (y, x),
            SKEncodedOrigin.RightTop => (y, right),
            SKEncodedOrigin.RightBottom => (bottom, right),
            SKEncodedOrigin.LeftBottom => (bottom, x),
            _ => (x, y),
        };
        return IsSideways ? new Box(left, top, upright.Height, upright.Width) : upright with { X = left, Y = top };
    }
}
