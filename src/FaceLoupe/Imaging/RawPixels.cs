using System.Globalization;

namespace FaceLoupe.Imaging;

/// <summary>
/// Copies raw pixels of any <see cref="PixelLayout"/> into the one layout of a <see cref="Picture"/>.
/// </summary>
internal static class RawPixels
{
    /// <summary>Bytes of one pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layout.</exception>
    public static int BytesPerPixel(PixelLayout layout) => layout switch
    {
        PixelLayout.Rgb24 or PixelLayout.Bgr24 => 3,
        PixelLayout.Rgba32 or PixelLayout.Bgra32 => 4,
        PixelLayout.Gray8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout of pixels."),
    };

    /// <summary>Refuses a size that no image has.</summary>
    public static void CheckSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((long)width * height > PictureFile.MaxPixels)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"An image of {width}x{height} px is more than the {PictureFile.MaxPixels / 1_000_000} million that "
                    + $"fit."));
        }
    }

    /// <summary>Copies one row.</summary>
    /// <param name="source">The row's bytes, exactly.</param>
    /// <param name="layout">How they follow one another.</param>
    /// <param name="target">Red, green, blue of each pixel.</param>
    public static void CopyRow(ReadOnlySpan<byte> source, PixelLayout layout, Span<byte> target)
    {
        switch (layout)
        {
            case PixelLayout.Rgb24:
                source.CopyTo(target);
                break;
            case PixelLayout.Bgr24:
                for (var i = 0; i < target.Length; i += 3)
                {
                    (target[i], target[i + 1], target[i + 2]) = (source[i + 2], source[i + 1], source[i]);
                }

                break;
            case PixelLayout.Gray8:
                for (var x = 0; x < source.Length; x++)
                {
                    target.Slice(3 * x, 3).Fill(source[x]);
                }

                break;
            case PixelLayout.Rgba32 or PixelLayout.Bgra32:
                CopyAlphaRow(source, target, swapped: layout == PixelLayout.Bgra32);
                break;
        }
    }

    private static void CopyAlphaRow(ReadOnlySpan<byte> source, Span<byte> target, bool swapped)
    {
        for (int from = 0, to = 0; to < target.Length; from += 4, to += 3)
        {
            PictureDecoder.CopyOverWhite(source.Slice(from, 4), target.Slice(to, 3));
            if (swapped)
            {
                (target[to], target[to + 2]) = (target[to + 2], target[to]);
            }
        }
    }
}
