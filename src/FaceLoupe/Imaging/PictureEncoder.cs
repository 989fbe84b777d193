using System.Globalization;
using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>Turns a <see cref="Picture"/> into the bytes of an image file.</summary>
internal static class PictureEncoder
{
    public static byte[] Encode(Picture picture, PictureFormat format, int quality)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (quality is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(quality), quality, "A quality is from 1 to 100.");
        }

        using var colorSpace = SKColorSpace.CreateSrgb();
        using var bitmap = new SKBitmap(
            new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque, colorSpace));
        Fill(bitmap.GetPixelSpan(), picture.Pixels);
        using var pixmap = bitmap.PeekPixels();
        using var data = format switch
        {
            PictureFormat.Png => pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6)),
            PictureFormat.Jpeg => pixmap.Encode(new SKJpegEncoderOptions(quality)),
            PictureFormat.Webp => pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown format."),
        };
        return data?.ToArray() ?? throw new FaceLoupeException(string.Create(
            CultureInfo.InvariantCulture,
            $"An image of {picture.Width}x{picture.Height} pixels cannot be written as {format}; choose PNG or a "
                + $"smaller size."));
    }

    private static void Fill(Span<byte> rgba, ReadOnlySpan<byte> rgb)
    {
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgba[to + 3] = 255;
            rgba[to + 2] = rgb[from + 2];
            rgba[to + 1] = rgb[from + 1];
            rgba[to] = rgb[from];
        }
    }
}
