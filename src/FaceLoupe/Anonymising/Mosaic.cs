using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Few cells of one colour each: the means of the pixels under them, with noise. It is made once and painted again
/// wherever the face moves, so that a video reveals no more of a face than one image.
/// </summary>
internal sealed class Mosaic
{
    private readonly int _columns;
    private readonly int _rows;
    private readonly byte[] _colours; // three a cell, row by row

    private Mosaic(int columns, int rows) =>
        (_columns, _rows, _colours) = (columns, rows, new byte[3 * columns * rows]);

    /// <summary>Computes the mosaic of the pixels under a mask; the image is not changed.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="area">The mask; must not be empty.</param>
    /// <param name="strength">How coarse and how noisy; null: as decided in docs/decisions/0021.</param>
    public static Mosaic Of(Picture picture, in MaskArea area, MosaicStrength? strength = null)
    {
        strength ??= MosaicStrength.Default;

        // A cell of 1 px would leave a tiny face as it is. Rounded down: never more cells across the face than
        // requested.
        var side = Math.Max(2, area.FaceSide / strength.CellsAcrossFace);
        var mosaic = new Mosaic(
            Math.Max(1, (int)(area.Outline.Width / side)), Math.Max(1, (int)(area.Outline.Height / side)));
        mosaic.Mix(picture, area, strength.Noise > 0 ? new MosaicNoise(picture, area, strength.Noise) : null);
        return mosaic;
    }

    /// <summary>Paints the mosaic over a mask, stretched to it.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="area">The mask.</param>
    /// <param name="painted">What is painted: the mask, or more, with the outermost cells continued.</param>
    public void Paint(Picture picture, in MaskArea area, in MaskArea painted)
    {
        for (var y = painted.Top; y < painted.Bottom; y++)
        {
            var row = _columns * RowOf(area, y);
            var (from, to) = painted.Columns(y);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3)
            {
                _colours.AsSpan(3 * (row + ColumnOf(area, x)), 3).CopyTo(picture.Pixels.AsSpan(at));
            }
        }
    }

    // Only pixels under the mask go into the means: they then depend on nothing that stays visible.
    private void Mix(Picture picture, in MaskArea area, MosaicNoise? noise)
    {
        var sums = new long[_colours.Length];
        var counts = new int[_columns * _rows];
        var (all, count) = (new long[3], 0);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = _columns * RowOf(area, y);
            var (from, to) = area.Columns(y);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3, count++)
            {
                var cell = row + ColumnOf(area, x);
                counts[cell]++;
                for (var c = 0; c < 3; c++)
                {
                    sums[(3 * cell) + c] += picture.Pixels[at + c];
                    all[c] += picture.Pixels[at + c];
                }
            }
        }

        for (var cell = 0; cell < counts.Length; cell++)
        {
            var light = noise?.Light() ?? 0;
            for (var c = 0; c < 3; c++)
            {
                // A cell beyond the image's edge, which a video may bring into it, has the mean of the others.
                var mean = counts[cell] > 0 ? (double)sums[(3 * cell) + c] / counts[cell]
                    : (double)all[c] / Math.Max(count, 1);
                _colours[(3 * cell) + c] = (byte)Math.Clamp(Math.Round(mean + light + (noise?.Tint() ?? 0)), 0, 255);
            }
        }
    }

    private int ColumnOf(in MaskArea area, int x) =>
        Math.Clamp((int)((x + 0.5f - area.Outline.X) / area.Outline.Width * _columns), 0, _columns - 1);

    private int RowOf(in MaskArea area, int y) =>
        Math.Clamp((int)((y + 0.5f - area.Outline.Y) / area.Outline.Height * _rows), 0, _rows - 1);
}

/// <summary>How much a mosaic leaves of a face.</summary>
/// <param name="CellsAcrossFace">Maximum number of cells along the face's longer side, above 0.</param>
/// <param name="Noise">Scale of the Laplace noise of a cell's light, in steps of 8 bits; 0: none.</param>
internal sealed record MosaicStrength(float CellsAcrossFace, float Noise)
{
    /// <summary>What <see cref="MaskKind.Pixelate"/> does; measured in docs/decisions/0021.</summary>
    public static MosaicStrength Default { get; } = new(2, 64);
}
