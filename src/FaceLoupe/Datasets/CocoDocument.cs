using System.Globalization;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>A COCO JSON file, with faults that name the file and the place.</summary>
internal sealed class CocoDocument : IDisposable
{
    private readonly JsonDocument _document;

    private CocoDocument(string path, JsonDocument document)
    {
        Path = path;
        _document = document;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its outermost value.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is not JSON.</exception>
    public static CocoDocument Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new CocoDocument(
                path, JsonDocument.Parse(InputFile.Reading(path, () => InputFile.ReadAllBytes(path))));
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException(
                FormattableString.Invariant(
                    $"{path}, line {(fault.LineNumber ?? 0) + 1}: not JSON; expected a COCO file."), fault);
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>The entries of a list of the outermost object, each with its place for messages.</summary>
    public IEnumerable<(JsonElement Entry, string Place)> List(string name)
    {
        if (Root.ValueKind != JsonValueKind.Object || !Root.TryGetProperty(name, out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            throw new FaceLoupeException(
                $"{Path}: holds no list '{name}'; expected a COCO file with images, annotations and categories.");
        }

        return Places(list, name);
    }

    /// <summary>The entries of <c>images</c> with their ids and file names.</summary>
    /// <exception cref="FaceLoupeException">Two images have the same id, or an entry is malformed.</exception>
    public IEnumerable<(string Id, string Name, JsonElement Entry, string Place)> Images()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (entry, place) in List("images"))
        {
            var id = Id(entry, "id", place);
            yield return ids.Add(id)
                ? (id, Text(entry, "file_name", place), entry, place)
                : throw new FaceLoupeException(
                    $"{place}: the id {id} was given to an image before; expected one id per image.");
        }
    }

    /// <summary>Whether a key says yes: true, or a number other than 0. No, if it is missing.</summary>
    public static bool Flag(JsonElement entry, string name, string place) =>
        entry.TryGetProperty(name, out var flag) && flag.ValueKind switch
        {
            JsonValueKind.Number => flag.GetDouble() != 0,
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw Missing(place, name, "0 or 1"),
        };

    /// <summary>Entries with their places.</summary>
    public IEnumerable<(JsonElement Entry, string Place)> Places(JsonElement list, string name) =>
        list.EnumerateArray().Select((entry, i) => entry.ValueKind == JsonValueKind.Object
            ? (entry, string.Create(CultureInfo.InvariantCulture, $"{Path}, {name} {i + 1}"))
            : throw new FaceLoupeException(
                FormattableString.Invariant($"{Path}, {name} {i + 1}: expected an object, found {entry.ValueKind}.")));

    /// <summary>A value that identifies, a number or a text.</summary>
    public static string Id(JsonElement entry, string name, string place) => entry.TryGetProperty(name, out var id)
        && id.ValueKind is JsonValueKind.Number or JsonValueKind.String ? TextOf(id, name, place)
            : throw Missing(place, name, "a number");

    /// <summary>A text.</summary>
    public static string Text(JsonElement entry, string name, string place) => entry.TryGetProperty(name, out var text)
        && text.ValueKind == JsonValueKind.String ? TextOf(text, name, place) : throw Missing(place, name, "a text");

    /// <summary>A finite number.</summary>
    public static double Number(JsonElement entry, string name, string place) =>
        entry.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsFinite(number)
        ? number : throw Missing(place, name, "a finite number");

    /// <summary>A box: <c>[x, y, width, height]</c>.</summary>
    public static Box Box(JsonElement entry, string place)
    {
        if (entry.TryGetProperty("bbox", out var box) && box.ValueKind == JsonValueKind.Array
            && box.GetArrayLength() == 4
            && box.EnumerateArray()
                .All(side => side.ValueKind == JsonValueKind.Number && float.IsFinite((float)side.GetDouble())))
        {
            return new Box((float)box[0].GetDouble(), (float)box[1].GetDouble(), (float)box[2].GetDouble(),
                (float)box[3].GetDouble());
        }

        throw Missing(place, "bbox", "four finite numbers [x, y, width, height]");
    }

    /// <summary>
    /// A box, or if there is none the one around the polygons of a <c>segmentation</c>; null: there is neither.
    /// </summary>
    public static (Box Box, bool IsOutline)? BoxOrOutline(JsonElement entry, string place)
    {
        if (entry.TryGetProperty("bbox", out var box) && box.ValueKind != JsonValueKind.Null
            && !(box.ValueKind == JsonValueKind.Array && box.GetArrayLength() == 0))
        {
            return (Box(entry, place), false);
        }

        if (!entry.TryGetProperty("segmentation", out var outline) || outline.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        // x, y, x, y and so on, in one list or several.
        double[] numbers =
        [
            .. outline.EnumerateArray()
                .SelectMany(part => part.ValueKind == JsonValueKind.Array ? part.EnumerateArray().ToArray() : [part])
                .Where(number => number.ValueKind == JsonValueKind.Number).Select(number => number.GetDouble()),
        ];
        return numbers.Length >= 6 && numbers.Length % 2 == 0
            && Array.TrueForAll(numbers, n => float.IsFinite((float)n))
            ? (Outline.BoxAround(numbers), true)
            : null;
    }

    // Bytes that are no UTF-8, and halves of letters, show only here.
    private static string TextOf(JsonElement value, string name, string place)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException fault)
        {
            throw new FaceLoupeException($"{place}: '{name}' is not UTF-8 text.", fault);
        }
    }

    /// <summary>Writes a box as <c>bbox</c>.</summary>
    public static void WriteBox(Utf8JsonWriter json, in Box box)
    {
        json.WriteStartArray("bbox");
        json.WriteNumberValue(box.X);
        json.WriteNumberValue(box.Y);
        json.WriteNumberValue(box.Width);
        json.WriteNumberValue(box.Height);
        json.WriteEndArray();
    }

    private static FaceLoupeException Missing(string place, string name, string expected) =>
        new($"{place}: expected '{name}', {expected}.");
}
