using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>The XML of Pascal VOC, of annotations and of predictions.</summary>
internal static class VocXml
{
    /// <summary>The name of an object that is a face.</summary>
    public const string FaceName = "face";

    /// <summary>The text of an image's file.</summary>
    /// <param name="pictureName">The image's path within its folder.</param>
    /// <param name="size">Its size.</param>
    /// <param name="objects">Its objects, see <see cref="Face"/>.</param>
    public static string Text(string pictureName, PictureSize size, IEnumerable<XElement> objects) => new XElement(
        "annotation",
        new XElement("folder", RelativeName.FolderOf(pictureName)),
        new XElement("filename", RelativeName.FileOf(pictureName)),
        new XElement(
            "size",
            new XElement("width", size.Width),
            new XElement("height", size.Height),
            new XElement("depth", 3)),
        objects).ToString().ReplaceLineEndings("\n") + "\n";

    /// <summary>A face as an object.</summary>
    /// <param name="box">Its box, in pixels.</param>
    /// <param name="difficult">Whether evaluations ignore it.</param>
    /// <param name="score">Its score; null: an annotation.</param>
    public static XElement Face(in Box box, bool difficult = false, double? score = null) => new(
        "object",
        new XElement("name", FaceName),
        score is null ? null : new XElement("score", score),
        new XElement("difficult", difficult ? 1 : 0),
        new XElement(
            "bndbox",
            new XElement("xmin", box.X),
            new XElement("ymin", box.Y),
            new XElement("xmax", (double)box.X + box.Width),
            new XElement("ymax", (double)box.Y + box.Height)));

    /// <summary>The root of an XML file.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no sound XML.</exception>
    public static XElement Load(string file)
    {
        try
        {
            using var text = XmlText.Open(file);
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException fault)
        {
            throw new FaceLoupeException(
                FormattableString.Invariant(
                    $"{file}, line {fault.LineNumber}: not valid XML; expected a Pascal VOC annotation."), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{file}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
    }

    /// <summary>The box of an object, in pixels.</summary>
    /// <exception cref="FaceLoupeException">It has none, or a corner is not a finite number.</exception>
    public static Box BoxOf(XElement element, string place)
    {
        var corners = element.Element("bndbox") ?? throw new FaceLoupeException(
            $"{place}: expected a 'bndbox' in the object.");
        var (left, top) = (Number(corners, "xmin", place), Number(corners, "ymin", place));
        var (right, bottom) = (Number(corners, "xmax", place), Number(corners, "ymax", place));
        return new Box((float)left, (float)top, (float)(right - left), (float)(bottom - top));
    }

    /// <summary>A number within an object or its box.</summary>
    /// <exception cref="FaceLoupeException">It is missing, or not finite.</exception>
    public static double Number(XElement parent, string name, string place) =>
        double.TryParse(parent.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && float.IsFinite((float)number)
            ? number
            : throw new FaceLoupeException($"{place}: expected a finite number '{name}' in the object.");

    /// <summary>File and line of an element, for messages.</summary>
    public static string Place(string file, IXmlLineInfo element) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {element.LineNumber}");
}
