using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Labelling;

/// <summary>A contact sheet of faces whose boxes were redrawn: the old box yellow, the new one green.</summary>
internal static class RestyleSheet
{
    private const int Faces = 60;
    private const int Columns = 10;
    private const int Side = 128;
    private const float Context = 1.8f;

    /// <summary>Draws faces spread evenly over all images.</summary>
    /// <param name="path">The image file to write.</param>
    /// <param name="pictures">The images.</param>
    /// <param name="findings">What was found in each; null for one that could not be read.</param>
    public static void Write(
        string path, IReadOnlyList<AnnotatedPicture> pictures, IReadOnlyList<PictureFindings?> findings)
    {
        var faces = pictures.Zip(findings)
            .SelectMany(pair => (pair.Second?.Labels.Replaced ?? []).Zip(pair.Second?.Labels.Kept ?? [])
                .Select(boxes => (pair.First.Path, Old: boxes.First.Box, New: boxes.Second.Box)))
            .ToArray();
        var cells = EvenSample.Of(faces, Faces).Select(face => Draw(face.Path, face.Old, face.New)).ToArray();
        if (cells.Length > 0)
        {
            ContactSheet.Write(path, [.. cells.Chunk(Columns)]);
        }
    }

    private static Picture Draw(string path, Geometry.Box old, Geometry.Box redrawn)
    {
        var window = old.ToSquare().Enlarge(Context);
        var cell = Resampler.Crop(PictureFile.Read(path), window, Side, Side);
        var factor = Side / window.Width;
        foreach (var (box, ink) in new[] { (old, LabelPainter.Known), (redrawn, LabelPainter.New) })
        {
            BoxOutline.Draw(cell, box.Translate(-window.X, -window.Y).Scale(factor), ink);
        }

        return cell;
    }
}
