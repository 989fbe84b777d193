using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
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
    private const string FaceName = "face";

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
        var root = new XElement(
            "annotation",
            new XElement("folder", RelativeName.FolderOf(pictureName)),
            new XElement("filename", RelativeName.FileOf(pictureName)),
            new XElement(
                "size",
                new XElement("width", size.Width),
                new XElement("height", size.Height),
                new XElement("depth", 3)),
            boxes.OrderByDescending(box => box.Score).Select(Element));
        AtomicFile.WriteAllText(
            OutputPath.In(folder, PredictionFolder.KeyOf(pictureName) + ".xml"),
            root.ToString().ReplaceLineEndings("\n") + "\n");
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

    private static XElement Element(ScoredBox box) => new(
        "object",
        new XElement("name", FaceName),
        new XElement("score", box.Score),
        new XElement("difficult", 0),
        new XElement(
            "bndbox",
            new XElement("xmin", box.Box.X),
            new XElement("ymin", box.Box.Y),
            new XElement("xmax", (double)box.Box.X + box.Box.Width),
            new XElement("ymax", (double)box.Box.Y + box.Box.Height)));

    private static IReadOnlyList<ScoredBox> ReadFile(string file) =>
        [.. VocDataset.Load(file).Elements("object").Select(element => Box(file, element))];

    private static ScoredBox Box(string file, XElement element)
    {
        var corners = element.Element("bndbox");
        var (left, top) = (Number(file, element, corners, "xmin"), Number(file, element, corners, "ymin"));
        var (right, bottom) = (Number(file, element, corners, "xmax"), Number(file, element, corners, "ymax"));
        return new ScoredBox(
            new Box((float)left, (float)top, (float)(right - left), (float)(bottom - top)),
            Number(file, element, element, "score"));
    }

    private static double Number(string file, IXmlLineInfo place, XElement? parent, string name) =>
        double.TryParse(parent?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && float.IsFinite((float)number)
            ? number
            : throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture, $"{file}, line {place.LineNumber}: expected a finite number '{name}' ")
                + "in the object.");
}
