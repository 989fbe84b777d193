using System.Globalization;
using System.Runtime.Intrinsics;
using FaceLoupe.Imaging.Damage;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>Turns the bytes of an image file into an upright <see cref="Picture"/>.</summary>
internal static class PictureDecoder
{
    private const string CutShort = "the file is cut short: the image's end is missing; get a whole copy.";

    public static Picture Decode(ReadOnlySpan<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (bytes.IsEmpty)
        {
            throw new UnreadablePictureException(
                $"{name}: the file is empty; a {PictureFile.Readable} image was expected.");
        }

        // The codec's own memory, 3 bytes per pixel for a progressive JPEG, is given back before an image is made.
        if (ReadBitmap(bytes, name) is not (var bitmap, var origin, var isOpaque))
        {
            return DecodeOther(bytes, name);
        }

        using (bitmap)
        {
            var picture = isOpaque
                && origin == SKEncodedOrigin.TopLeft ? WithoutAlpha(bitmap) : Upright(bitmap, origin);
            picture.Damage = PictureDamage.Of(bytes);
            return picture;
        }
    }

    // Null: no format that is read here.
    private static (SKBitmap Bitmap, SKEncodedOrigin Origin, bool IsOpaque)? ReadBitmap(
        ReadOnlySpan<byte> bytes, string name)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || !IsReadable(codec))
        {
            return null;
        }

        CheckSize(codec.Info.Width, codec.Info.Height, name);
        if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg
            && JpegStructure.MustBeCutShort(bytes, (long)codec.Info.Width * codec.Info.Height))
        {
            throw new UnreadablePictureException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {codec.Info.Width}x{codec.Info.Height} pixels do not fit into its {bytes.Length} bytes: "
                    + $"{CutShort}"));
        }

        var isPng = codec.EncodedFormat == SKEncodedImageFormat.Png;
        var png = isPng ? PngChunks.Read(data.AsStream()) : default;
        var bitmap = (JpegStructure.IsProgressiveAndCutShort(bytes) ? null : ReadPixels(codec, png.IsPlain, name))
            ?? JpegEnd.ReadWithout(bytes, whole => ReadPixels(whole, name))
            ?? throw new UnreadablePictureException($"{name}: {CutShort}");
        return (bitmap, isPng ? png.Origin : codec.EncodedOrigin, codec.Info.AlphaType == SKAlphaType.Opaque);
    }

    /// <summary>
    /// Whether a codec's format is one that is read. Whatever else it may guess at (WBMP takes almost any bytes that
    /// start with zeros) is not a photograph.
    /// </summary>
    public static bool IsReadable(SKCodec codec) => codec.EncodedFormat is SKEncodedImageFormat.Jpeg
        or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp
        or SKEncodedImageFormat.Gif;

    private static Picture DecodeOther(ReadOnlySpan<byte> bytes, string name)
    {
        var other = PictureCodec.For(bytes)
            ?? throw new UnreadablePictureException($"{name}: {UnreadableFile.Describe(bytes)}");
        var size = other.ReadSize(bytes, name);
        CheckSize(size.Width, size.Height, name);
        return other.Decode(bytes, name);
    }

    private static void CheckSize(int width, int height, string name)
    {
        if (width < 1 || height < 1)
        {
            throw new UnreadablePictureException(
                $"{name}: the header claims {width}x{height} pixels; the file is damaged.");
        }

        if (width > PictureFile.MaxSide || height > PictureFile.MaxSide || (long)width * height > PictureFile.MaxPixels)
        {
            throw new UnreadablePictureException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {width}x{height} pixels are more than can be read ({PictureFile.MaxSide} per side, "
                    + $"{PictureFile.MaxPixels / 1_000_000} million in all); cut or shrink it first."));
        }
    }

    private static SKBitmap? ReadPixels(byte[] file, string name)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? null : ReadPixels(codec, asTheyStand: false, name);
    }

    // Null: the file is cut short.
    private static SKBitmap? ReadPixels(SKCodec codec, bool asTheyStand, string name)
    {
        using var colorSpace = asTheyStand ? null : SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(
            codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorSpace);
        var bitmap = new SKBitmap();
        try
        {
            if (!bitmap.TryAllocPixels(info))
            {
                throw new UnreadablePictureException(FormattableString.Invariant(
                    $"{name}: not enough memory for {info.Width}x{info.Height} pixels."));
            }

            var result = codec.GetPixels(info, bitmap.GetPixels());
            if (result == SKCodecResult.IncompleteInput)
            {
                bitmap.Dispose();
                return null;
            }

            return result == SKCodecResult.Success ? bitmap : throw new UnreadablePictureException(result switch
            {
                SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput =>
                    $"{name}: the image's data are damaged; get a whole copy.",
                _ => $"{name}: the image cannot be decoded ({result}); convert it to a plain {PictureFile.Advised}.",
            });
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    private static Picture Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        int width = bitmap.Width, height = bitmap.Height;
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var picture = turned ? new Picture(height, width) : new Picture(width, height);

        // Where the stored image's first pixel goes, and how far one step along its row or column leads from there.
        var (right, down) = (3, 3 * picture.Width);
        var (lastX, lastY) = (3 * (picture.Width - 1), down * (picture.Height - 1));
        var (start, stepX, stepY) = origin switch
        {
            SKEncodedOrigin.TopRight => (lastX, -right, down),
            SKEncodedOrigin.BottomRight => (lastX + lastY, -right, -down),
            SKEncodedOrigin.BottomLeft => (lastY, right, -down),
            SKEncodedOrigin.LeftTop => (0, down, right),
            SKEncodedOrigin.RightTop => (lastX, down, -right),
            SKEncodedOrigin.RightBottom => (lastX + lastY, -down, -right),
            SKEncodedOrigin.LeftBottom => (lastY, -down, right),
            _ => (0, right, down),
        };
        var source = bitmap.GetPixelSpan();
        for (var y = 0; y < height; y++)
        {
            var row = source.Slice(y * bitmap.RowBytes, 4 * width);
            for (int x = 0, target = start + (y * stepY); x < width; x++, target += stepX)
            {
                CopyOverWhite(row.Slice(4 * x, 4), picture.Pixels.AsSpan(target, 3));
            }
        }

        return picture;
    }

    // The usual case, photographs: four pixels at a time.
    private static Picture WithoutAlpha(SKBitmap bitmap)
    {
        var picture = new Picture(bitmap.Width, bitmap.Height);
        var source = bitmap.GetPixelSpan();
        var drop = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
        for (var y = 0; y < bitmap.Height; y++)
        {
            var rgba = source.Slice(y * bitmap.RowBytes, 4 * bitmap.Width);
            var rgb = picture.Pixels.AsSpan(3 * y * bitmap.Width, 3 * bitmap.Width);
            var x = 0;
            for (; (3 * x) + 16 <= rgb.Length; x += 4)
            {
                // The last four bytes have no meaning, and the next block overwrites them.
                Vector128.ShuffleNative(Vector128.Create(rgba[(4 * x)..]), drop).CopyTo(rgb[(3 * x)..]);
            }

            for (; x < bitmap.Width; x++)
            {
                rgba.Slice(4 * x, 3).CopyTo(rgb[(3 * x)..]);
            }
        }

        return picture;
    }

    /// <summary>One pixel over white.</summary>
    internal static void CopyOverWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        int alpha = rgba[3];
        if (alpha == 255)
        {
            rgba[..3].CopyTo(rgb);
            return;
        }

        for (var c = 0; c < 3; c++)
        {
            rgb[c] = (byte)(((rgba[c] * alpha) + (255 * (255 - alpha)) + 127) / 255);
        }
    }
}
