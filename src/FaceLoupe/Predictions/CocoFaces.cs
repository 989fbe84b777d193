using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Predictions;

/// <summary>
/// A whole COCO document: images with ids, annotations with a <c>score</c> each, and one category, <c>face</c> unless
/// the model finds something else. Landmarks are its <c>keypoints</c>. It needs no other file beside it, and annotation
/// tools open it: a frame has the <c>file_name</c> that it would have as an image, and its video as <c>path</c>.
/// </summary>
internal static class CocoFaces
{
    /// <summary>The default category.</summary>
    public const string UsualCategory = "face";

    private const int FaceCategory = 1;

    /// <summary>The text of the document.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="category">What was found.</param>
    /// <param name="landmarks">Whether the category has keypoints.</param>
    public static string Of(IReadOnlyList<PictureFaces> pictures, string category, bool landmarks)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, pictures, category, landmarks);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Reads the images of a document that <see cref="Of"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no such document.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        using var document = CocoDocument.Open(path);
        var faces = document.List("annotations").ToLookup(
            entry => CocoDocument.Id(entry.Entry, "image_id", entry.Place),
            entry => Face(
                CocoDocument.Box(entry.Entry, entry.Place), CocoDocument.Number(entry.Entry, "score", entry.Place)) with
            {
                Landmarks = CocoKeypoints.Read(entry.Entry),
            },
            StringComparer.Ordinal);
        return
        [
            .. document.Images().Select(
                image => Picture(image.Name, image.Entry, image.Place, [.. faces[image.Id]])),
        ];
    }

    private static FoundFace Face(Box box, double score) =>
        new(box, FoundFace.LogitOf(score)) { WrittenScore = score };

    private static PictureFaces Picture(
        string name, JsonElement image, string place, IReadOnlyList<FoundFace> faces) => new(
        image.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String
            ? CocoDocument.Text(image, "path", place) : name,
        name,
        (int)CocoDocument.Number(image, "width", place),
        (int)CocoDocument.Number(image, "height", place),
        faces,
        FaceJson.Reading(place, "'frame' with 'time', both numbers", () => FaceJson.ReadFrame(image)))
    {
        IsDamaged = FaceJson.ReadDamage(image),
    };

    private static void Write(
        Utf8JsonWriter json, IReadOnlyList<PictureFaces> pictures, string category, bool landmarks)
    {
        json.WriteStartObject();
        json.WriteStartArray("images");
        for (var i = 0; i < pictures.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("file_name", pictures[i].Name);
            json.WriteString("path", pictures[i].Image);
            FaceJson.WriteFrame(json, pictures[i].Frame);
            json.WriteNumber("width", pictures[i].Width);
            json.WriteNumber("height", pictures[i].Height);
            FaceJson.WriteDamage(json, pictures[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("annotations");
        var id = 0;
        for (var i = 0; i < pictures.Count; i++)
        {
            foreach (var face in pictures[i].Faces)
            {
                Write(json, ++id, i + 1, face);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("categories");
        json.WriteStartObject();
        json.WriteNumber("id", FaceCategory);
        json.WriteString("name", category);
        if (landmarks)
        {
            CocoKeypoints.WriteNames(json);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, int id, int image, FoundFace face)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", FaceCategory);
        json.WriteStartArray("bbox");
        json.WriteNumberValue(DetectionDocument.Rounded(face.Box.X, 3));
        json.WriteNumberValue(DetectionDocument.Rounded(face.Box.Y, 3));
        var (width, height) =
            (DetectionDocument.Rounded(face.Box.Width, 3), DetectionDocument.Rounded(face.Box.Height, 3));
        json.WriteNumberValue(width);
        json.WriteNumberValue(height);
        json.WriteEndArray();

        // Of the sides as they are written: a document that is read and written again stays as it is.
        json.WriteNumber("area", DetectionDocument.Rounded((double)(width * height), 3));
        json.WriteNumber("iscrowd", 0);
        if (face.Landmarks is { } landmarks)
        {
            CocoKeypoints.Write(json, landmarks, number => DetectionDocument.Rounded(number, 3));
        }

        // Enough digits to distinguish scores close to 1 and to read back exactly.
        json.WriteNumber("score", DetectionDocument.Rounded(face.WrittenScore, 9));
        json.WriteEndObject();
    }
}
