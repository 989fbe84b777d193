using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Web.Anonymising;

/// <summary>Makes faces unrecognisable: each is replaced by a few coarse blocks, somewhat beyond its box.</summary>
internal static class FacePixelator
{
    // A box ends at chin and forehead; hair and ears tell who it is as well.
    private const float Margin = 1.3f;

    // Blocks across a face: fewer than any recogniser can use, enough to see that somebody is there.
    private const int BlocksAcross = 6;

    /// <summary>A copy of the picture without recognisable faces.</summary>
    public static Picture Pixelate(Picture picture, IEnumerable<Box> faces)
    {
        var copy = new Picture(picture.Width, picture.Height, (byte[])picture.Pixels.Clone());
        foreach (var face in faces)
        {
            var area = face.Enlarge(Margin).Clip(picture.Width, picture.Height);
            if (area.IsValid)
            {
                Pixelate(copy, area);
            }
        }

        return copy;
    }

    private static void Pixelate(Picture picture, in Box area)
    {
        int left = (int)area.X, top = (int)area.Y;
        int right = Math.Min(picture.Width, (int)MathF.Ceiling(area.Right));
        int bottom = Math.Min(picture.Height, (int)MathF.Ceiling(area.Bottom));
        var block = Math.Max(2, (int)MathF.Ceiling(MathF.Max(right - left, bottom - top) / (float)BlocksAcross));
        for (var y = top; y < bottom; y += block)
        {
            for (var x = left; x < right; x += block)
            {
                Average(picture, x, y, Math.Min(right, x + block), Math.Min(bottom, y + block));
            }
        }
    }

    private static void Average(Picture picture, int left, int top, int right, int bottom)
    {
        Span<int> sums = [0, 0, 0];
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = picture.OffsetOf(x, y);
                for (var c = 0; c < 3; c++)
                {
                    sums[c] += picture.Pixels[at + c];
                }
            }
        }

        var count = (right - left) * (bottom - top);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var at = picture.OffsetOf(x, y);
                for (var c = 0; c < 3; c++)
                {
                    picture.Pixels[at + c] = (byte)(sums[c] / count);
                }
            }
        }
    }
}
