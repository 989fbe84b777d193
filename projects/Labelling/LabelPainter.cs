using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// Draws the labels of an image for the eye: yellow what was known, green new faces, red places to ignore, blue the
/// boxes that were redrawn. Landmarks are small rings.
/// </summary>
internal static class LabelPainter
{
    /// <summary>Ink of annotations at hand.</summary>
    public static readonly (byte Red, byte Green, byte Blue) Known = (250, 230, 40);

    /// <summary>Ink of new faces.</summary>
    public static readonly (byte Red, byte Green, byte Blue) New = (40, 255, 60);

    private static readonly (byte Red, byte Green, byte Blue) Replaced = (60, 120, 255);
    private static readonly (byte Red, byte Green, byte Blue) Ignored = (255, 40, 40);

    // Small images are enlarged, so that frames do not cover the faces.
    private const int PreferredSide = 1280;

    public static Picture Paint(Picture picture, PictureLabels labels)
    {
        var factor = Math.Max(1, PreferredSide / Math.Max(picture.Width, picture.Height));
        var painted = Resampler.Resize(picture, picture.Width * factor, picture.Height * factor);
        foreach (var (faces, ink) in new[]
        {
            (labels.Replaced, Replaced), (labels.Ignored, Ignored), (labels.Kept, Known), (labels.Added, New),
        })
        {
            foreach (var face in faces)
            {
                BoxOutline.Draw(painted, face.Box.Scale(factor), ink);
                foreach (var (x, y) in face.Landmarks?.Scale(factor, factor).Points ?? [])
                {
                    BoxOutline.Draw(painted, new Box(x - 0.5f, y - 0.5f, 1, 1), ink); // a ring of 3 px
                }
            }
        }

        return painted;
    }
}
