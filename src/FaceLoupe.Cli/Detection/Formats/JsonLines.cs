using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>
/// JSON lines: an object a line, one for every picture or frame as it is finished. An input that failed has a line
/// with <c>image</c> and <c>error</c>.
/// </summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of a picture, without its end.</summary>
    public static string Of(PictureFaces picture) => Line(json => FaceJson.Write(json, picture));

    /// <summary>The line of a picture as a run keeps it for another, without its end.</summary>
    public static string Exact(PictureFaces picture) => Line(json => FaceJson.WriteExactly(json, picture));

    /// <summary>The line of a picture that failed.</summary>
    public static string Of(InputFault fault) => Line(json =>
    {
        json.WriteString("image", fault.Image);
        json.WriteString("error", fault.Message);
    });

    /// <summary>
    /// Reads the pictures of a file; of a picture that comes twice the last line counts. Failed pictures are left out,
    /// and so is a last line that was cut short when its program was ended.
    /// </summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or another line is malformed.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        string[] lines;
        try
        {
            lines = InputFile.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }

        var pictures = new OrderedDictionary<PictureKey, PictureFaces>();
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                if (!string.IsNullOrWhiteSpace(lines[i]) && Parse(lines[i], path, i + 1) is { } picture)
                {
                    pictures[picture.Key] = picture;
                }
            }
            catch (FaceLoupeException fault) when (fault.InnerException is JsonException && i == lines.Length - 1)
            {
                break;
            }
        }

        return [.. pictures.Values];
    }

    private static PictureFaces? Parse(string line, string path, int number)
    {
        var place = FormattableString.Invariant($"{path}, line {number}");
        try
        {
            var json = JsonElement.Parse(line);
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out _)
                ? null
                : FaceJson.Read(json, place);
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException($"{place}: no JSON; wanted an object as 'faceloupe detect' writes it.", fault);
        }
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
