using System.Runtime.Intrinsics;

namespace FaceLoupe.Imaging;

/// <summary>
/// The one value convention of all our networks: planar RGB (channel, row, column) of float32 from -1 to 1,
/// v = byte / 127.5 - 1.
/// </summary>
public static class PixelTensor
{
    private static readonly float[] ValueOfByte = [.. Enumerable.Range(0, 256).Select(b => (b / 127.5f) - 1)];

    /// <summary>Writes an image as 3 x H x W values.</summary>
    /// <param name="source">The image.</param>
    /// <param name="destination">Exactly 3 x H x W floats; the red plane first.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Write(Picture source, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        var pixels = source.Pixels;
        CheckLength(destination.Length, source.Width, source.Height, nameof(destination));
        var plane = pixels.Length / 3;
        Span<float> red =
            destination[..plane], green = destination.Slice(plane, plane), blue = destination[(2 * plane)..];
        var values = ValueOfByte;
        for (int i = 0, from = 0; i < red.Length; i++, from += 3)
        {
            red[i] = values[pixels[from]];
            green[i] = values[pixels[from + 1]];
            blue[i] = values[pixels[from + 2]];
        }
    }

    /// <summary>Mirrors values of any number of rows left to right, in place.</summary>
    /// <param name="rows">Rows one after the other.</param>
    /// <param name="width">Length of a row, in values.</param>
    internal static void Mirror(Span<float> rows, int width)
    {
        for (; rows.Length >= width; rows = rows[width..])
        {
            rows[..width].Reverse();
        }
    }

    /// <summary>Makes an image of 3 x H x W values: clamped to -1 to 1 and rounded to the nearest byte.</summary>
    /// <param name="chw">Exactly 3 x height x width floats; the red plane first.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">The values have another length.</exception>
    public static Picture ToPicture(ReadOnlySpan<float> chw, int width, int height)
    {
        CheckLength(chw.Length, width, height, nameof(chw));
        var picture = new Picture(width, height);
        var plane = chw.Length / 3;
        ReadOnlySpan<float> red = chw[..plane], green = chw.Slice(plane, plane), blue = chw[(2 * plane)..];
        var pixels = picture.Pixels;
        for (int i = 0, to = 0; i < red.Length; i++, to += 3)
        {
            pixels[to] = ToByte(red[i]);
            pixels[to + 1] = ToByte(green[i]);
            pixels[to + 2] = ToByte(blue[i]);
        }

        return picture;
    }

    private static byte ToByte(float value) => (byte)((Math.Clamp(value, -1f, 1f) * 127.5f) + 128f);

    /// <summary>
    /// Values of four bytes of 0 to 255 that still have fractions or lie outside: rounded to bytes first.
    /// </summary>
    internal static Vector128<float> ToValues(Vector128<float> bytes)
    {
        bytes = Vector128.Min(Vector128.Max(bytes, Vector128<float>.Zero), Vector128.Create(255f));
        var whole = Vector128.ConvertToSingle(Vector128.ConvertToInt32(bytes + Vector128.Create(0.5f)));
        return (whole / Vector128.Create(127.5f)) - Vector128<float>.One;
    }

    internal static void CheckLength(int length, int width, int height, string parameter)
    {
        if (length != 3L * width * height)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"An image of {width}x{height} needs {3L * width * height} values, the span has {length}."),
                parameter);
        }
    }
}
