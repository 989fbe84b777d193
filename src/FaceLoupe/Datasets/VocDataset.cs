using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Reads and writes Pascal VOC annotations: an XML file per image. Where an object is called <c>face</c> anywhere in
/// the set, only such objects are read, otherwise all. Files may be in any encoding that they declare and .NET knows,
/// among them GB 2312, GBK, Shift JIS and Windows' own. An image's name may lack its ending. <c>difficult</c> is our
/// "invalid", as VOC's own evaluation ignores such objects.
/// </summary>
/// <remarks>
/// Corners are edges in continuous coordinates, <c>width = xmax - xmin</c>, and may be fractions: so today's annotation
/// tools write them. The original challenge counted pixels from 1, both ends included; for its own files subtract 1
/// from xmin and ymin first.
/// </remarks>
public static class VocDataset
{
    private const string FaceName = "face";

    /// <summary>Reads all XML files of a folder and its subfolders.</summary>
    /// <exception cref="FaceLoupeException">A folder is missing, there is no file, or one is malformed.</exception>
    public static AnnotatedFolder Read(string annotationsFolder, string imagesFolder)
    {
        AnnotatedFolderBuilder.RequireFolder(annotationsFolder, "Pascal VOC annotations, one XML file per image");
        AnnotatedFolderBuilder.RequireFolder(imagesFolder, $"the images of {annotationsFolder}");
        var files = Directory.GetFiles(annotationsFolder, "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new FaceLoupeException(
                $"{annotationsFolder}: no annotations in this folder; expected one XML file per image.");
        }

        var documents = Array.ConvertAll(files, file => (File: file, Root: Load(file)));
        var onlyFaces = documents.Any(document => document.Root.Elements("object").Any(IsFace));
        var builder = new AnnotatedFolderBuilder(imagesFolder);
        foreach (var (file, root) in documents)
        {
            var faces = new List<(FaceAnnotation, string)>();
            foreach (var element in root.Elements("object"))
            {
                var place = Place(file, element);
                if (onlyFaces && !IsFace(element))
                {
                    builder.Note(AnnotationOddity.OtherCategory, place);
                    continue;
                }

                faces.Add((Face(element, place), place));
            }

            var name = NameOf(file, root, annotationsFolder);
            builder.Add(PictureNames.WithExtension(imagesFolder, name), file, faces);
        }

        return builder.Build();
    }

    /// <summary>Writes a file for each image, each under a temporary name first.</summary>
    /// <param name="annotationsFolder">The folder to write into; missing folders are made.</param>
    /// <param name="pictures">The images; their sizes are read from their files.</param>
    /// <exception cref="FaceLoupeException">An image's size cannot be read, or the file system refused.</exception>
    public static void Write(string annotationsFolder, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotationsFolder);
        ArgumentNullException.ThrowIfNull(pictures);
        foreach (var picture in pictures)
        {
            var size = PictureSize.Read(picture.Path);
            var root = new XElement(
                "annotation",
                new XElement("folder", RelativeName.FolderOf(picture.Name)),
                new XElement("filename", RelativeName.FileOf(picture.Name)),
                new XElement("size", new XElement("width", size.Width), new XElement("height", size.Height),
                    new XElement("depth", 3)),
                picture.Faces.Select(Element));
            AtomicFile.WriteAllText(
                OutputPath.In(annotationsFolder, Path.ChangeExtension(picture.Name, ".xml")), root.ToString()
                    .ReplaceLineEndings("\n") + "\n");
        }
    }

    private static XElement Element(FaceAnnotation face) => new(
        "object",
        new XElement("name", FaceName),
        new XElement("difficult", face.Invalid ? 1 : 0),
        new XElement(
            "bndbox",
            new XElement("xmin", face.Box.X),
            new XElement("ymin", face.Box.Y),
            new XElement("xmax", (double)face.Box.X + face.Box.Width),
            new XElement("ymax", (double)face.Box.Y + face.Box.Height)));

    private static FaceAnnotation Face(XElement element, string place)
    {
        var box = element.Element("bndbox") ?? throw new FaceLoupeException(
            $"{place}: expected a 'bndbox' in the object.");
        var (left, top) = (Number(box, "xmin", place), Number(box, "ymin", place));
        var (right, bottom) = (Number(box, "xmax", place), Number(box, "ymax", place));
        return new FaceAnnotation(
            new Box((float)left, (float)top, (float)(right - left), (float)(bottom - top)),
            Invalid: element.Element("difficult")?.Value.Trim() == "1");
    }

    // A file and its image lie in the same subfolder; the element 'folder' is often of another machine.
    private static string NameOf(string file, XElement root, string annotationsFolder)
    {
        var name = root.Element("filename")?.Value.Trim() is { Length: > 0 } given
            ? given
            : throw new FaceLoupeException($"{file}: expected the image's name as 'filename'.");
        var folder = Path.GetRelativePath(annotationsFolder, Path.GetDirectoryName(file)!);
        return folder == "." ? name : $"{RelativeName.Plain(folder)}/{name}";
    }

    /// <summary>The root of an XML file.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no sound XML.</exception>
    internal static XElement Load(string file)
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

    private static double Number(XElement parent, string name, string place) =>
        double.TryParse(parent.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && float.IsFinite((float)number)
            ? number
            : throw new FaceLoupeException($"{place}: expected a finite number '{name}' in the object.");

    private static bool IsFace(XElement element) =>
        FaceName.Equals(element.Element("name")?.Value.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Place(string file, IXmlLineInfo element) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {element.LineNumber}");
}
