using System.Xml.Linq;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Reads and writes Pascal VOC annotations: an XML file per image. If any object of the set is named <c>face</c>, only
/// such objects are read, otherwise all. Files may be in any encoding that they declare and .NET supports, among them
/// GB 2312, GBK, Shift JIS and Windows' own. An image's name may lack its extension. <c>difficult</c> is our "invalid",
/// as VOC's own evaluation ignores such objects.
/// </summary>
/// <remarks>
/// Corners are edges in continuous coordinates, <c>width = xmax - xmin</c>, and may be fractions, as annotation tools
/// write them today. The original challenge counted pixels from 1, both ends included; for its own files subtract 1
/// from xmin and ymin first.
/// </remarks>
public static class VocDataset
{
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

        var documents = Array.ConvertAll(files, file => (File: file, Root: VocXml.Load(file)));
        var onlyFaces = documents.Any(document => document.Root.Elements("object").Any(IsFace));
        var builder = new AnnotatedFolderBuilder(imagesFolder);
        foreach (var (file, root) in documents)
        {
            var faces = new List<(FaceAnnotation, string)>();
            foreach (var element in root.Elements("object"))
            {
                var place = VocXml.Place(file, element);
                if (onlyFaces && !IsFace(element))
                {
                    builder.Note(AnnotationOddity.OtherCategory, place);
                    continue;
                }

                var isInvalid = element.Element("difficult")?.Value.Trim() == "1";
                faces.Add((new FaceAnnotation(VocXml.BoxOf(element, place), Invalid: isInvalid), place));
            }

            var name = NameOf(file, root, annotationsFolder);
            builder.Add(PictureNames.WithExtension(imagesFolder, name), file, faces);
        }

        return builder.Build();
    }

    /// <summary>Writes a file for each image, each under a temporary name first.</summary>
    /// <param name="annotationsFolder">The folder to write into; missing folders are made.</param>
    /// <param name="pictures">The images; their sizes are read from their files.</param>
    /// <exception cref="FaceLoupeException">
    /// Two images would have the same file, an image's size cannot be read, or the file system refused.
    /// </exception>
    public static void Write(string annotationsFolder, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotationsFolder);
        ArgumentNullException.ThrowIfNull(pictures);
        AnnotatedPicture[] all = [.. pictures];
        DistinctStems.Require(
            annotationsFolder, all.Select(picture => picture.Name), name => Path.ChangeExtension(name, null),
            StringComparer.OrdinalIgnoreCase);
        foreach (var picture in all)
        {
            AtomicFile.WriteAllText(
                OutputPath.In(annotationsFolder, Path.ChangeExtension(picture.Name, ".xml")),
                VocXml.Text(
                    picture.Name, PictureSize.Read(picture.Path),
                    picture.Faces.Select(face => VocXml.Face(face.Box, face.Invalid))));
        }
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

    private static bool IsFace(XElement element) =>
        VocXml.FaceName.Equals(element.Element("name")?.Value.Trim(), StringComparison.OrdinalIgnoreCase);
}
