using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>Blocks of one colour each.</summary>
internal static class Mosaic
{
    // People recognise known faces at 7 x 10 px (Sinha et al., Proc. IEEE 94, 2006); 4 across is well below that.
    private const float BlocksAcrossFace = 4;

    /// <summary>Replaces every block by its mean. A block is at least 2 px wide, or a tiny face would stay.</summary>
    public static void Apply(Picture picture, in MaskArea area)
    {
        var side = Math.Max(2, (int)MathF.Ceiling(area.FaceSide / BlocksAcrossFace));
        for (var top = area.Top; top < area.Bottom; top += side)
        {
            for (var left = area.Left; left < area.Right; left += side)
            {
                Flatten(picture, area, left, top, Math.Min(left + side, area.Right), Math.Min(top + side, area.Bottom));
            }
        }
    }

    // Only pixels under the mask go into the mean: it then depends on nothing that stays visible.
    private static void Flatten(Picture picture, in MaskArea area, int left, int top, int right, int bottom)
    {
        Span<long> sums = stackalloc long[3];
        sums.Clear();
        var count = 0;
        for (var y = top; y < bottom; y++)
        {
            var (from, to) = Within(area.Columns(y), left, right);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3, count++)
            {
                sums[0] += picture.Pixels[at];
                sums[1] += picture.Pixels[at + 1];
                sums[2] += picture.Pixels[at + 2];
            }
        }

        for (var y = top; y < bottom; y++)
        {
            var (from, to) = Within(area.Columns(y), left, right);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3)
            {
                for (var c = 0; c < 3; c++)
                {
                    picture.Pixels[at + c] = (byte)((sums[c] + (count / 2)) / count);
                }
            }
        }
    }

    private static (int From, int To) Within((int From, int To) columns, int left, int right)
    {
        var from = Math.Max(columns.From, left);
        return (from, Math.Max(from, Math.Min(columns.To, right)));
    }
}
