using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>Which pixels of an image a face has, and which of them masks hide; pixels count row by row.</summary>
internal static class FacePixels
{
    /// <summary>The pixels in the image of the ellipse in a face's box.</summary>
    public static IEnumerable<int> Of(Box face, int width, int height)
    {
        var shown = face.Clip(width, height);
        for (var y = (int)shown.Y; y < shown.Bottom; y++)
        {
            for (var x = (int)shown.X; x < shown.Right; x++)
            {
                var (dx, dy) = ((x + 0.5f - face.CenterX) / face.Width, (y + 0.5f - face.CenterY) / face.Height);
                if ((dx * dx) + (dy * dy) <= 0.25f)
                {
                    yield return (y * width) + x;
                }
            }
        }
    }

    /// <summary>For each pixel, whether the default masks hide it.</summary>
    public static bool[] Hidden(IEnumerable<FaceRegion> regions, int width, int height) =>
        new FaceMasker().Cover(new Picture(width, height), regions.Select(region => region.Box));

    /// <summary>Share of a face's pixels that no default mask hides; 0 if the image shows none.</summary>
    public static double Left(Box face, IEnumerable<FaceRegion> regions, int width, int height)
    {
        var hidden = Hidden(regions, width, height);
        return Of(face, width, height).Select(at => hidden[at] ? 0.0 : 1).DefaultIfEmpty(0).Average();
    }
}
