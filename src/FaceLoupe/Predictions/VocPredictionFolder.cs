using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// Predictions as a folder of Pascal VOC annotations, an XML file per image, in which each object has a <c>score</c>.
/// Corners are edges, as in <see cref="VocDataset"/>, which reads the same files without their scores. The
/// challenge's own format for predictions is <see cref="VocPredictions"/>.
/// </summary>
public static class VocPredictionFolder
{
    /// <summary>Writes the predictions for an image, under a temporary name first.</summary>
    /// <param name="folder">The folder of all predictions; missing folders are made.</param>
    /// <param name="pictureName">The image's path within its folder, '/' between folders.</param>
    /// <param name="size">The image's size.</param>
    /// <param name="boxes">The predictions, in any order.</param>
    /// <exception cref="FaceLoupeException">The name leads out of the folder, or the file system refused.</exception>
    public static void Write(string folder, string pictureName, PictureSize size, IEnumerable<ScoredBox> boxes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(pictureName);
        ArgumentNullException.ThrowIfNull(boxes);
        AtomicFile.WriteAllText(
            OutputPath.In(folder, PredictionFolder.KeyOf(pictureName) + ".xml"),
            VocXml.Text(
                pictureName, size,
                boxes.OrderByDescending(box => box.Score).Select(box => VocXml.Face(box.Box, score: box.Score))));
    }

    /// <summary>Reads the predictions of a folder and its subfolders; the files' own names decide.</summary>
    /// <exception cref="FaceLoupeException">The folder is missing or holds no file, or one is malformed.</exception>
    public static PredictionSet Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.xml", SearchOption.AllDirectories)
            : throw new FaceLoupeException(
                $"{folder}: no such folder; give a folder of predictions, one XML file per image.");
        return files.Length > 0
            ? new PredictionSet(files.ToDictionary(
                file => RelativeName.Of(folder, file)[..^".xml".Length],
                ReadFile, StringComparer.Ordinal))
            : throw new FaceLoupeException(
                $"{folder}: no predictions in this folder; expected one XML file per image.");
    }

    private static IReadOnlyList<ScoredBox> ReadFile(string file) =>
    [
        .. from element in VocXml.Load(file).Elements("object")
           let place = VocXml.Place(file, element)
           select new ScoredBox(VocXml.BoxOf(element, place), VocXml.Number(element, "score", place)),
    ];
}
