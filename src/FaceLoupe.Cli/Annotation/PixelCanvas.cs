using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe.Cli.Annotation;

/// <summary>A colour, sRGB.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour for Skia.</summary>
    public SKColor Color => new(Red, Green, Blue);
}

/// <summary>Paints whole pixels of an image; parts outside are ignored.</summary>
internal sealed class PixelCanvas(Picture picture)
{
    /// <summary>Width in pixels.</summary>
    public int Width => picture.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => picture.Height;

    /// <summary>Fills a rectangle; right and bottom are exclusive.</summary>
    public void Fill(int left, int top, int right, int bottom, Ink ink)
    {
        left = Math.Max(left, 0);
        right = Math.Min(right, picture.Width);
        for (var y = Math.Max(top, 0); y < Math.Min(bottom, picture.Height); y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = picture.OffsetOf(x, y);
                picture.Pixels[at] = ink.Red;
                picture.Pixels[at + 1] = ink.Green;
                picture.Pixels[at + 2] = ink.Blue;
            }
        }
    }

    /// <summary>Draws a frame around the outside of a rectangle.</summary>
    public void Frame(int left, int top, int right, int bottom, int thickness, Ink ink)
    {
        Fill(left - thickness, top - thickness, right + thickness, top, ink);
        Fill(left - thickness, bottom, right + thickness, bottom + thickness, ink);
        Fill(left - thickness, top, left, bottom, ink);
        Fill(right, top, right + thickness, bottom, ink);
    }

    /// <summary>Copies another image to a place.</summary>
    public void Paste(int left, int top, Picture other)
    {
        var width = Math.Min(other.Width, picture.Width - left);
        for (var y = 0; y < Math.Min(other.Height, picture.Height - top); y++)
        {
            other.Pixels.AsSpan(other.OffsetOf(0, y), 3 * width).CopyTo(
                picture.Pixels.AsSpan(picture.OffsetOf(left, top + y)));
        }
    }
}
