using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Blurring;

/// <summary>The pixels of masks in the image as stored, before rotation.</summary>
internal sealed class MaskedGrid
{
    private readonly Picture _masked;
    private readonly bool[] _cover;
    private readonly StoredOrientation _orientation;

    /// <summary>Wraps a masked image as it is stored.</summary>
    /// <param name="masked">The upright image.</param>
    /// <param name="cover">Which of its pixels masks cover, row by row.</param>
    /// <param name="orientation">The stored orientation.</param>
    public MaskedGrid(Picture masked, bool[] cover, StoredOrientation orientation)
    {
        (_masked, _cover, _orientation) = (masked, cover, orientation);
        (Width, Height) = orientation.IsSideways ? (masked.Height, masked.Width) : (masked.Width, masked.Height);
    }

    /// <summary>Width of the stored image.</summary>
    public int Width { get; }

    /// <summary>Height of the stored image.</summary>
    public int Height { get; }

    /// <summary>The mean of the masked pixels of a rectangle; null: none of them is masked.</summary>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="right">Column after the last one; cut at the edge.</param>
    /// <param name="bottom">Row after the last one; cut at the edge.</param>
    /// <param name="component">0: luminance, 1: blue, 2: red difference.</param>
    public double? Mean(int left, int top, int right, int bottom, int component)
    {
        var (sum, count) = (0.0, 0);
        for (var y = top; y < Math.Min(bottom, Height); y++)
        {
            for (var x = left; x < Math.Min(right, Width); x++)
            {
                var (column, row) = _orientation.Upright(x, y, new PictureSize(_masked.Width, _masked.Height));
                if (_cover[(row * _masked.Width) + column])
                {
                    sum += ValueOf(_masked.OffsetOf(column, row), component);
                    count++;
                }
            }
        }

        return count == 0 ? null : sum / count;
    }

    /// <summary>The luminance of a pixel, 0 to 255, as in JPEG.</summary>
    public static double Luminance(byte r, byte g, byte b) => (0.299 * r) + (0.587 * g) + (0.114 * b);

    private double ValueOf(int at, int component)
    {
        var (r, g, b) = (_masked.Pixels[at], _masked.Pixels[at + 1], _masked.Pixels[at + 2]);
        return component switch
        {
            0 => Luminance(r, g, b),
            1 => 128 - (0.168736 * r) - (0.331264 * g) + (0.5 * b),
            _ => 128 + (0.5 * r) - (0.418688 * g) - (0.081312 * b),
        };
    }
}
