using System.Text.Json;
using FaceLoupe.Geometry;

namespace FaceLoupe.Predictions;

/// <summary>
/// Reads images in JSON, and keeps them with every digit; <see cref="DetectionDocument"/> writes them for people.
/// </summary>
internal static class FaceJson
{
    private const string LandmarksKey = "landmarks";

    /// <summary>
    /// Writes the keys of an image with its name and every digit, from which any format can be made later.
    /// </summary>
    public static void WriteExactly(Utf8JsonWriter json, PictureFaces picture)
    {
        json.WriteString("image", picture.Image);
        WriteSample(json, picture.Sample);
        WriteFrame(json, picture.Frame);
        json.WriteNumber("width", picture.Width);
        json.WriteNumber("height", picture.Height);
        WriteDamage(json, picture);
        if (picture.Output is { } output)
        {
            json.WriteString("output", output);
        }

        json.WriteStartArray("faces");
        foreach (var face in picture.Faces)
        {
            json.WriteStartObject();
            json.WriteNumber("x", face.Box.X);
            json.WriteNumber("y", face.Box.Y);
            json.WriteNumber("width", face.Box.Width);
            json.WriteNumber("height", face.Box.Height);
            if (face.WasRead)
            {
                json.WriteNumber("score", face.WrittenScore);
            }

            json.WriteNumber("logit", face.Logit);
            if (LandmarksEntry.Exactly(face.Landmarks) is { } landmarks)
            {
                json.WritePropertyName(LandmarksKey);
                JsonSerializer.Serialize(json, landmarks, DetectionDocument.Line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("name", picture.Name);
    }

    /// <summary>Reads an image back.</summary>
    /// <param name="picture">The object.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="FaceLoupeException">A key is missing or of another kind.</exception>
    public static PictureFaces Read(JsonElement picture, string place) => Reading(
        place,
        "an image as 'faceloupe detect' writes it: image, width, height, and faces with x, y, width, height and score",
        () =>
        {
            var image = PathOf(picture.GetProperty("image"));
            var frame = ReadFrame(picture);
            return new PictureFaces(
                image,
                picture.TryGetProperty("name", out var name) ? PathOf(name) : ResultNames.Of(image, frame),
                picture.GetProperty("width").GetInt32(),
                picture.GetProperty("height").GetInt32(),
                [.. picture.GetProperty("faces").EnumerateArray().Select(ReadFace)],
                frame)
            {
                IsDamaged = ReadDamage(picture),
                Sample = ReadSample(picture),
                Output = picture.TryGetProperty("output", out var output) ? output.GetString() : null,
            };
        });

    /// <summary>Reads keys that may be missing or of another kind.</summary>
    /// <param name="place">Where they stand, for messages.</param>
    /// <param name="expected">What should be there, for messages.</param>
    /// <param name="read">Reads them.</param>
    /// <exception cref="FaceLoupeException">A key is missing or of another kind.</exception>
    public static T Reading<T>(string place, string expected, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (
            fault is InvalidOperationException or KeyNotFoundException or FormatException or JsonException)
        {
            throw new FaceLoupeException($"{place}: expected {expected}.", fault);
        }
    }

    /// <summary>Writes the keys of a frame into the object that is open; of an image, nothing.</summary>
    public static void WriteFrame(Utf8JsonWriter json, FramePosition? position)
    {
        if (position is { } frame)
        {
            json.WriteNumber("frame", frame.Number);
            json.WriteNumber("time", DetectionDocument.Rounded(frame.Seconds, 3));
        }
    }

    /// <summary>Reads the keys of a frame; null: it is an image.</summary>
    public static FramePosition? ReadFrame(JsonElement picture) => picture.TryGetProperty("frame", out var frame)
        ? new FramePosition(frame.GetInt64(), picture.GetProperty("time").GetDouble())
        : null;

    /// <summary>Writes the key of a damaged image into the object that is open; of an undamaged one, nothing.</summary>
    public static void WriteDamage(Utf8JsonWriter json, PictureFaces picture)
    {
        if (picture.IsDamaged)
        {
            json.WriteBoolean("damaged", true);
        }
    }

    /// <summary>Reads the key of a damaged image.</summary>
    public static bool ReadDamage(JsonElement picture) =>
        picture.TryGetProperty("damaged", out var damaged) && damaged.ValueKind == JsonValueKind.True;

    /// <summary>Writes the key of a sample into the object that is open; of an image in none, nothing.</summary>
    public static void WriteSample(Utf8JsonWriter json, string? sample)
    {
        if (sample is not null)
        {
            json.WriteString("key", sample);
        }
    }

    /// <summary>Reads the key of a sample.</summary>
    public static string? ReadSample(JsonElement row) =>
        row.TryGetProperty("key", out var key) ? key.GetString() : null;

    /// <summary>Writes the array <c>errors</c>: the inputs that could not be processed.</summary>
    public static void WriteErrors(this Utf8JsonWriter json, IEnumerable<InputFault> faults)
    {
        json.WriteStartArray("errors");
        foreach (var (image, message) in faults)
        {
            json.WriteStartObject();
            json.WriteString("image", image);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Older documents have no logit; that of the rounded score is used instead.
    private static FoundFace ReadFace(JsonElement face)
    {
        var box = new Box(
            face.GetProperty("x").GetSingle(), face.GetProperty("y").GetSingle(),
            face.GetProperty("width").GetSingle(), face.GetProperty("height").GetSingle());
        var landmarks = face.TryGetProperty(LandmarksKey, out var points)
            ? (points.Deserialize<LandmarksEntry>(DetectionDocument.Line)
                ?? throw new InvalidOperationException("No landmarks.")).ToLandmarks()
            : null;
        if (!face.TryGetProperty("score", out var score))
        {
            return new FoundFace(box, face.GetProperty("logit").GetDouble()) { Landmarks = landmarks };
        }

        return new FoundFace(
            box, face.TryGetProperty("logit", out var logit) ? logit.GetDouble() : FoundFace.LogitOf(score.GetDouble()))
        {
            WrittenScore = score.GetDouble(),
            Landmarks = landmarks,
        };
    }

    private static string PathOf(JsonElement text) => text.GetString() is { } path && ResultNames.IsPath(path)
        ? path
        : throw new FormatException("No path.");
}
