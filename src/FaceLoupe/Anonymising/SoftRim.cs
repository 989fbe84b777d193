using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The soft rim about a mask: a stack of ever larger masks, each fainter than the one within. Under the mask itself
/// nothing is mixed.
/// </summary>
internal readonly struct SoftRim
{
    // A step of less than a pixel or of less than a shade would be invisible.
    private const int MostSteps = 64;

    private readonly MaskArea[] _steps;

    /// <summary>Lays the rim about a mask.</summary>
    /// <param name="face">The face's box; must be valid.</param>
    /// <param name="options">Shape and scale of the mask, and the width of the rim.</param>
    /// <param name="picture">The image: the rim ends at its edges.</param>
    public SoftRim(in Box face, MaskOptions options, Picture picture)
    {
        var count = (int)Math.Clamp(MathF.Ceiling(options.Feather * face.LongerSide), 1, MostSteps);
        var steps = new MaskArea[count + 1];
        for (var i = 0; i <= count; i++)
        {
            var scale = options.Scale + (2 * options.Feather * i / count);
            steps[i] = new MaskArea(face, options with { Scale = scale }, picture);
        }

        _steps = steps;
    }

    /// <summary>The mask with its whole rim.</summary>
    public MaskArea Outer => _steps[^1];

    /// <summary>Opacity of the mask at a pixel: 1 under the mask, falling in the rim, 0 beyond.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    public float ShareAt(int x, int y)
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Holds(x, y))
            {
                return 1 - ((float)i / _steps.Length);
            }
        }

        return 0;
    }

    /// <summary>Blends the original pixels into the rim.</summary>
    /// <param name="picture">The image, with mask and rim painted alike.</param>
    /// <param name="before">The original pixels, row by row of <see cref="Outer"/>'s box.</param>
    public void Mix(Picture picture, ReadOnlySpan<byte> before)
    {
        var outer = Outer;
        for (var y = outer.Top; y < outer.Bottom; y++)
        {
            var (from, to) = outer.Columns(y);
            for (var x = from; x < to; x++)
            {
                var share = ShareAt(x, y);
                var (at, old) = (picture.OffsetOf(x, y), 3 * (((y - outer.Top) * outer.Width) + x - outer.Left));
                for (var c = 0; share < 1 && c < 3; c++)
                {
                    picture.Pixels[at + c] = (byte)MathF.Round(
                        float.Lerp(before[old + c], picture.Pixels[at + c], share));
                }
            }
        }
    }

    /// <summary>The pixels of an image in the box of <see cref="Outer"/>.</summary>
    public byte[] Save(Picture picture)
    {
        var outer = Outer;
        var saved = new byte[3 * outer.Width * outer.Height];
        for (var y = outer.Top; y < outer.Bottom; y++)
        {
            picture.Pixels.AsSpan(picture.OffsetOf(outer.Left, y), 3 * outer.Width)
                .CopyTo(saved.AsSpan(3 * (y - outer.Top) * outer.Width));
        }

        return saved;
    }
}
