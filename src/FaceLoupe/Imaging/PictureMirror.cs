namespace FaceLoupe.Imaging;

/// <summary>Left-right mirror images.</summary>
internal static class PictureMirror
{
    /// <summary>Mirrors the pixels in place.</summary>
    public static void Apply(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var y = 0; y < picture.Height; y++)
        {
            var left = picture.OffsetOf(0, y);
            var right = picture.OffsetOf(picture.Width - 1, y);
            for (; left < right; left += 3, right -= 3)
            {
                (pixels[left], pixels[right]) = (pixels[right], pixels[left]);
                (pixels[left + 1], pixels[right + 1]) = (pixels[right + 1], pixels[left + 1]);
                (pixels[left + 2], pixels[right + 2]) = (pixels[right + 2], pixels[left + 2]);
            }
        }
    }
}
