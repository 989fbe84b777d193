using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <content>Images from the memory of other libraries.</content>
public sealed partial class Picture
{
    /// <summary>Copies raw pixels; transparent parts lie over white.</summary>
    /// <param name="pixels">The bytes, the top row first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="layout">How the bytes of a pixel follow one another.</param>
    /// <param name="stride">
    /// Bytes from the start of one row to the start of the next; 0 (the default): rows follow without padding.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A size below 1 or above <see cref="PictureFile.MaxPixels"/>, a stride shorter than a row, or too few bytes.
    /// </exception>
    public static Picture FromPixels(
        ReadOnlySpan<byte> pixels, int width, int height, PixelLayout layout, int stride = 0)
    {
        RawPixels.CheckSize(width, height);
        var row = (long)RawPixels.BytesPerPixel(layout) * width;
        var step = stride == 0 ? row : stride;
        if (step < row)
        {
            throw new ArgumentException(
                $"A row of {width} px as {layout} has {row} bytes; the stride is {stride}.", nameof(stride));
        }

        // The last row needs no padding behind it.
        var needed = (step * (height - 1)) + row;
        if (pixels.Length < needed)
        {
            throw new ArgumentException(
                $"{width}x{height} px as {layout} with a stride of {step} bytes need {needed} bytes, {pixels.Length} "
                    + "were given.",
                nameof(pixels));
        }

        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            RawPixels.CopyRow(
                pixels.Slice((int)(y * step), (int)row), layout, picture.Pixels.AsSpan(
                    picture.OffsetOf(0, y), 3 * width));
        }

        return picture;
    }

    /// <summary>Copies a Skia bitmap of any colour type, as sRGB; transparent parts lie over white.</summary>
    /// <param name="bitmap">The bitmap, upright; it stays the caller's.</param>
    /// <exception cref="ArgumentException">The bitmap has no pixels, or too many.</exception>
    public static Picture FromBitmap(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        using var pixmap = bitmap.PeekPixels()
            ?? throw new ArgumentException("The bitmap has no pixels.", nameof(bitmap));
        return FromSkia(bitmap.Width, bitmap.Height, pixmap.ReadPixels);
    }

    /// <summary>Copies a Skia image, as sRGB; transparent parts lie over white.</summary>
    /// <param name="image">The image, upright; it stays the caller's.</param>
    /// <exception cref="ArgumentException">The image's pixels cannot be read, or are too many.</exception>
    public static Picture FromImage(SKImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return FromSkia(
            image.Width, image.Height, (info, pixels, rowBytes) => image.ReadPixels(info, pixels, rowBytes, 0, 0));
    }

    private static Picture FromSkia(int width, int height, Func<SKImageInfo, IntPtr, int, bool> read)
    {
        RawPixels.CheckSize(width, height);
        using var colorSpace = SKColorSpace.CreateSrgb();
        using var copy = new SKBitmap(
            new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorSpace));
        return read(copy.Info, copy.GetPixels(), copy.RowBytes)
            ? FromPixels(copy.GetPixelSpan(), width, height, PixelLayout.Rgba32, copy.RowBytes)
            : throw new ArgumentException("Skia cannot read the pixels of this image.");
    }
}
