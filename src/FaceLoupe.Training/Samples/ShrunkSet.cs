using FaceLoupe.Datasets;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples;

/// <summary>Shrinks annotated images, to calibrate a detector of tiny faces.</summary>
internal static class ShrunkSet
{
    /// <summary>Largest width that may be asked for, px.</summary>
    public const int MostWidth = 10_000;

    // The minimum of WIDER FACE.
    private const float LeastFace = 6;

    /// <summary>Writes images/ with PNG files, and bbx_gt.txt.</summary>
    /// <param name="pictures">Images and faces; those below 6 px once shrunk are flagged invalid.</param>
    /// <param name="width">Maximum width, px.</param>
    /// <param name="folder">Folder to write.</param>
    public static void Write(IEnumerable<AnnotatedPicture> pictures, int width, string folder) =>
        WiderFaceDataset.Write(
            Path.Combine(folder, "bbx_gt.txt"), [.. pictures.Select(picture => Shrink(picture, width, folder))]);

    private static AnnotatedPicture Shrink(AnnotatedPicture picture, int width, string folder)
    {
        var original = PictureFile.Read(picture.Path);
        var shrunk = original.Width <= width
            ? original
            : Resampler.Resize(
                original, width, Math.Max(1, (int)Math.Round((double)original.Height * width / original.Width)));
        var name = $"{picture.Name}.png"; // keeps photo.jpg and photo.png apart
        var path = Path.Combine(folder, "images", name);
        PictureFile.Write(shrunk, path);
        var (x, y) = ((float)shrunk.Width / original.Width, (float)shrunk.Height / original.Height);
        return new AnnotatedPicture(name, path, [.. picture.Faces.Select(face => Shrink(face, x, y))]);
    }

    private static FaceAnnotation Shrink(FaceAnnotation face, float x, float y)
    {
        var box = face.Box.Scale(x, y);
        return face with { Box = box, Invalid = face.Invalid || box.LongerSide < LeastFace, Landmarks = null };
    }
}
