using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Left-right mirror images.</summary>
internal static class Mirror
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

    /// <summary>The box in the mirror image of an image of the given width.</summary>
    public static Box Apply(in Box box, float width) => box with { X = width - box.Right };
}
