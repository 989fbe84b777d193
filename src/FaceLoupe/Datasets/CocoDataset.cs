using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Reads and writes COCO annotations. If there is a category <c>face</c>, only its boxes are read, otherwise all; other
/// categories are read by name, as one kind of object. The five <c>keypoints</c> of a face are its landmarks. An
/// annotation without a box gets the one around its outline, or is left out. <c>iscrowd</c> is our "invalid", as COCO's
/// own evaluation ignores such boxes. WIDER FACE's attributes are in <c>attributes</c>, where annotation tools put
/// theirs.
/// </summary>
public static class CocoDataset
{
    private const string FaceCategory = "face";

    /// <summary>Reads a file; images are found in <paramref name="imagesFolder"/> by their <c>file_name</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="imagesFolder">Folder of its images.</param>
    /// <param name="categories">
    /// Names of the categories that are read, whatever their letters' case; null (the default): <c>face</c> where there
    /// is such a one, otherwise all.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The file or folder is missing, an entry is malformed, or there is no category of a name.
    /// </exception>
    public static AnnotatedFolder Read(
        string path, string imagesFolder, IReadOnlyList<string>? categories = null)
    {
        AnnotatedFolderBuilder.RequireFolder(imagesFolder, $"the images of {path}");
        using var document = CocoDocument.Open(path);
        var builder = new AnnotatedFolderBuilder(imagesFolder);
        var faceIds = categories is null ? CategoryIds(document, FaceCategory) : Ids(document, categories);
        var faces = new Dictionary<string, List<(FaceAnnotation, string)>>(StringComparer.Ordinal);
        foreach (var (entry, place) in document.List("annotations"))
        {
            if (faceIds.Count > 0 && !faceIds.Contains(CocoDocument.Id(entry, "category_id", place)))
            {
                builder.Note(AnnotationOddity.OtherCategory, place);
                continue;
            }

            if (CocoDocument.BoxOrOutline(entry, place) is not { } found)
            {
                builder.Note(AnnotationOddity.NoBox, place);
                continue;
            }

            if (found.IsOutline)
            {
                builder.Note(AnnotationOddity.Outline, place);
            }

            var image = CocoDocument.Id(entry, "image_id", place);
            if (!faces.TryGetValue(image, out var list))
            {
                faces[image] = list = [];
            }

            list.Add((Face(entry, found.Box, place) with { Landmarks = CocoKeypoints.Read(entry) }, place));
        }

        foreach (var (id, name, _, place) in document.Images())
        {
            faces.Remove(id, out var list);
            builder.Add(name, place, list ?? []);
        }

        return faces.Count == 0 ? builder.Build() : throw new FaceLoupeException(
            $"{faces.Values.First()[0].Item2}: is for image {faces.Keys.First()}, which 'images' does not list.");
    }

    /// <summary>Writes a file with the one category <c>face</c>, under a temporary name first.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="pictures">The images; their sizes are read from their files.</param>
    /// <exception cref="FaceLoupeException">An image's size cannot be read, or the file system refused.</exception>
    public static void Write(string path, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(pictures);
        var list = pictures.ToArray();
        var sizes = Array.ConvertAll(list, picture => PictureSize.Read(picture.Path));
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(
                stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteStartObject();
            WriteImages(json, list, sizes);
            WriteAnnotations(json, list);
            json.WriteStartArray("categories");
            json.WriteStartObject();
            json.WriteNumber("id", 1);
            json.WriteString("name", FaceCategory);
            if (Array.Exists(list, picture => picture.Faces.Any(face => face.Landmarks is not null)))
            {
                CocoKeypoints.WriteNames(json);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static HashSet<string> Ids(CocoDocument document, IReadOnlyList<string> names) =>
    [
        .. names.SelectMany(name => CategoryIds(document, name) is { Count: > 0 } ids
            ? ids
            : throw new FaceLoupeException(
                $"{document.Path}: has no category '{name}'; expected one of its own: {Names(document)}.")),
    ];

    private static string Names(CocoDocument document) => string.Join(", ", document.List("categories")
        .Select(category => CocoDocument.Text(category.Entry, "name", category.Place)));

    private static HashSet<string> CategoryIds(CocoDocument document, string name) =>
    [
        .. document.List("categories")
            .Where(category => CocoDocument.Text(category.Entry, "name", category.Place)
                .Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(category => CocoDocument.Id(category.Entry, "id", category.Place)),
    ];

    private static FaceAnnotation Face(JsonElement entry, Box box, string place)
    {
        var attributes = entry.TryGetProperty("attributes", out var given) && given.ValueKind == JsonValueKind.Object
            ? given : default;
        int Attribute(string name) =>
            attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
        return new FaceAnnotation(
            box, CocoDocument.Flag(entry, "iscrowd", place), Attribute("blur"), Attribute("expression"),
            Attribute("illumination"), Attribute("occlusion"), Attribute("pose"));
    }

    private static void WriteImages(Utf8JsonWriter json, AnnotatedPicture[] pictures, PictureSize[] sizes)
    {
        json.WriteStartArray("images");
        for (var i = 0; i < pictures.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("file_name", pictures[i].Name);
            json.WriteNumber("width", sizes[i].Width);
            json.WriteNumber("height", sizes[i].Height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, AnnotatedPicture[] pictures)
    {
        json.WriteStartArray("annotations");
        var id = 0;
        for (var i = 0; i < pictures.Length; i++)
        {
            foreach (var face in pictures[i].Faces)
            {
                json.WriteStartObject();
                json.WriteNumber("id", ++id);
                json.WriteNumber("image_id", i + 1);
                json.WriteNumber("category_id", 1);
                CocoDocument.WriteBox(json, face.Box);
                json.WriteNumber("area", face.Box.Area);
                json.WriteNumber("iscrowd", face.Invalid ? 1 : 0);
                if (face.Landmarks is { } landmarks)
                {
                    CocoKeypoints.Write(json, landmarks, value => (decimal)value);
                }

                json.WriteStartObject("attributes");
                json.WriteNumber("blur", face.Blur);
                json.WriteNumber("expression", face.Expression);
                json.WriteNumber("illumination", face.Illumination);
                json.WriteNumber("occlusion", face.Occlusion);
                json.WriteNumber("pose", face.Pose);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
