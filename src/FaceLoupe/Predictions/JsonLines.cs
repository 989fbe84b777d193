using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// JSON lines: an object a line, one for every image or frame as it is finished. An input that failed has a line with
/// <c>image</c> and <c>error</c>; <c>status</c> distinguishes them.
/// </summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of an image, without its end.</summary>
    public static string Of(PictureFaces picture) => JsonSerializer.Serialize(
        picture.ToEntry() with { Status = ResultRow.Ok }, DetectionDocument.Line);

    /// <summary>The line of an image as a run keeps it for another, without its end.</summary>
    public static string Exact(PictureFaces picture) => Line(json => FaceJson.WriteExactly(json, picture));

    /// <summary>The line of an image that failed.</summary>
    public static string Of(InputFault fault, string? sample = null) => Line(json =>
    {
        json.WriteString("image", fault.Image);
        FaceJson.WriteSample(json, sample);
        json.WriteString("error", fault.Message);
        json.WriteString("status", ResultRow.Failed);
    });

    /// <summary>Writes rows, a line each.</summary>
    public static void Write(Stream stream, IEnumerable<ResultRow> rows)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var row in rows)
        {
            writer.WriteLine(
                row.Picture is { } picture ? Of(picture) : Of(new InputFault(row.Image, row.Error!), row.Sample));
        }
    }

    /// <summary>Reads the rows of a whole file, one after the other.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or a line is malformed.</exception>
    public static IEnumerable<ResultRow> ReadRows(string path)
    {
        using var reader = Open(path);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            yield return Row(line, path, number);
        }
    }

    /// <summary>
    /// Reads the images of a file; of an image that comes twice the last line counts. Failed images are left out,
    /// and so is a last line that was cut short when its program was ended.
    /// </summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or another line is malformed.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        var lines = InputFile.Reading(path, () => InputFile.ReadAllLines(path));

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

    private static StreamReader Open(string path)
    {
        return InputFile.Reading(path, () => new StreamReader(InputFile.OpenRead(path)));
    }

    private static ResultRow Row(string line, string path, int number)
    {
        if (Parse(line, path, number) is { } picture)
        {
            return ResultRow.Of(picture);
        }

        var failed = JsonElement.Parse(line);
        return FaceJson.Reading(
            FormattableString.Invariant($"{path}, line {number}"), "an image that failed: image and error, both texts",
            () => new ResultRow(
                failed.TryGetProperty("image", out var image) ? image.GetString() ?? string.Empty : string.Empty,
                null,
                failed.GetProperty("error").GetString())
            {
                Sample = FaceJson.ReadSample(failed),
            });
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
            throw new FaceLoupeException($"{place}: not JSON; expected an object as written by 'faceloupe "
                + "detect'.", fault);
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
