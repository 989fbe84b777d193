using FaceLoupe.Geometry;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>How an image's pixels are stored, and where a place of the upright image is among them.</summary>
/// <param name="Origin">Which corner comes first, numbered as in EXIF.</param>
internal readonly record struct StoredOrientation(SKEncodedOrigin Origin)
{
    /// <summary>
    /// That of a file, by its EXIF data. Formats that a <see cref="PictureCodec"/> reads count as upright, as HEIF
    /// files are shown whatever their EXIF data.
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

    /// <summary>That of a file in memory, by its EXIF data; PNG's are ignored.</summary>
    public static StoredOrientation Read(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return new StoredOrientation(codec?.EncodedOrigin ?? SKEncodedOrigin.TopLeft);
    }

    /// <summary>Whether rows are stored as columns.</summary>
    public bool IsSideways => Origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
        or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The size of the stored image.</summary>
    public PictureSize Stored(PictureSize upright) => IsSideways ? new(upright.Height, upright.Width) : upright;

    /// <summary>Where a stored pixel is in the upright image.</summary>
    /// <param name="x">Stored column.</param>
    /// <param name="y">Stored row.</param>
    /// <param name="size">Size of the upright image.</param>
    public (int X, int Y) Upright(int x, int y, PictureSize size) => Origin switch
    {
        SKEncodedOrigin.TopRight => (size.Width - 1 - x, y),
        SKEncodedOrigin.BottomRight => (size.Width - 1 - x, size.Height - 1 - y),
        SKEncodedOrigin.BottomLeft => (x, size.Height - 1 - y),
        SKEncodedOrigin.LeftTop => (y, x),
        SKEncodedOrigin.RightTop => (size.Width - 1 - y, x),
        SKEncodedOrigin.RightBottom => (size.Width - 1 - y, size.Height - 1 - x),
        SKEncodedOrigin.LeftBottom => (y, size.Height - 1 - x),
        _ => (x, y),
    };

    /// <summary>Where a box of the upright image is in the stored one.</summary>
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
