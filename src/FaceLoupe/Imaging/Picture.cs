namespace FaceLoupe.Imaging;

/// <summary>An upright image in memory: 8-bit RGB, interleaved, rows from the top without padding.</summary>
public sealed partial class Picture
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">RGB bytes, exactly 3 x width x height.</param>
    /// <exception cref="ArgumentException">A size below 1, or an array of another length.</exception>
    public Picture(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width < 1 || height < 1 || pixels.LongLength != 3L * width * height)
        {
            throw new ArgumentException(
                $"An image of {width}x{height} needs {3L * width * height} bytes, {pixels.LongLength} were given.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>A black image.</summary>
    public Picture(int width, int height)
        : this(width, height, new byte[3L * width * height])
    {
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The bytes: red, green, blue of the top left pixel first. Shared, not copied.</summary>
#pragma warning disable CA1819 // The pixels are the object; a copy per read would cost megabytes.
    public byte[] Pixels { get; }
#pragma warning restore CA1819

    /// <summary>
    /// The damage of the file that it was read from, in a few words: faces may be missing or wrong. Null: none is
    /// visible.
    /// </summary>
    public string? Damage { get; internal set; }

    /// <summary>Offset of a pixel's red byte in <see cref="Pixels"/>.</summary>
    public int OffsetOf(int x, int y) => 3 * ((y * Width) + x);
}
