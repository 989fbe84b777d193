using System.Globalization;
using System.Text.Json;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>
/// Predictions to be scored, in any format that <c>faceloupe detect</c> writes. The format follows from the name of the
/// file or the files of the folder.
/// </summary>
/// <param name="Place">The file or folder.</param>
/// <param name="Keys">Keys of the images that have predictions, see <see cref="PredictionFolder.KeyOf"/>.</param>
/// <param name="Read">The predictions for an image, by its key; empty if it has none.</param>
internal sealed record GivenPredictions(
    string Place, IReadOnlySet<string> Keys, Func<string, IReadOnlyList<ScoredBox>> Read)
{
    /// <summary>Opens predictions.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="images">The folder of the images, to which absolute paths are made relative.</param>
    /// <exception cref="FaceLoupeException">They cannot be read, or their format is unknown.</exception>
    public static GivenPredictions Open(string path, string images)
    {
        if (File.Exists(path))
        {
            return Of(path, ReadFile(path, images));
        }

        if (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.xml", SearchOption.AllDirectories).Any())
        {
            return Of(path, VocPredictionFolder.Read(path));
        }

        if (Directory.Exists(path) && HoldsYolo(path))
        {
            return Of(path, PredictionSet.ReadYolo(path, images));
        }

        var folder = PredictionFolder.Open(path);
        return new GivenPredictions(path, folder.Keys.ToHashSet(StringComparer.Ordinal), folder.Read);
    }

    private static GivenPredictions Of(string path, PredictionSet set) => new(
        path,
        set.Pictures.Keys.ToHashSet(StringComparer.Ordinal),
        key => set.Pictures.TryGetValue(key, out var boxes) ? boxes : []);

    private static PredictionSet ReadFile(string path, string images) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSONL" => ByPath(path, JsonLines.Read(path), images),
            ".PARQUET" =>
                ByPath(path, [.. ParquetFile.Read(path).Select(row => row.Picture).OfType<PictureFaces>()], images),
            ".CSV" => ByPath(path, CsvTable.Read(path), images),
            ".JSON" when IsOurs(path) => ByPath(path, DetectionDocument.Read(path), images),
            ".JSON" => CocoPredictions.Read(path, path),
            ".TXT" => VocPredictions.Read(path),
            _ => throw new FaceLoupeException(
                $"{path}: not predictions; expected a .json, .jsonl, .csv or .parquet of 'faceloupe detect', a .txt "
                + $"of Pascal VOC's challenge, or a folder."),
        };

    // The key of an image is its path within the folder of the images; that of a frame is the name of an image
    // extracted from the video, beside it.
    private static PredictionSet ByPath(string file, IReadOnlyList<PictureFaces> pictures, string images)
    {
        var root = Path.GetFullPath(images);
        var byKey = new Dictionary<string, PictureFaces>(StringComparer.Ordinal);
        foreach (var picture in pictures)
        {
            var key = KeyOf(picture, Path.GetRelativePath(root, Path.GetFullPath(picture.Image)));
            if (!byKey.TryAdd(key, picture))
            {
                throw Clash(file, key, byKey[key], picture);
            }
        }

        return new PredictionSet(byKey.ToDictionary(
            picture => picture.Key,
            picture => (IReadOnlyList<ScoredBox>)[.. picture.Value.ByScore],
            StringComparer.Ordinal));
    }

    private static FaceLoupeException Clash(string file, string key, PictureFaces one, PictureFaces other) =>
        new(one.Key == other.Key
            ? $"{file}: has {other.Image} twice; remove one of the two."
            : $"{file}: {one.Image} and {other.Image} both have the key '{key}', since an evaluation ignores "
                + "extensions; rename one of the two.");

    private static string KeyOf(PictureFaces picture, string path) => picture.Frame is { Number: var number }
        ? ResultNames.OfFrame(ResultNames.Plain(RelativeName.Plain(path)), number)
        : PredictionFolder.KeyOf(path);

    private static bool IsOurs(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadAllBytes(path));
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => throw new FaceLoupeException(
                    $"{path}: COCO results name images by the ids of annotations; convert them first: "
                    + $"faceloupe convert {path} DIR --from coco --to wider --predictions --annotations FILE."),
                JsonValueKind.Object => document.RootElement.TryGetProperty("schemaVersion", out _),
                _ => false,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FaceLoupeException($"{path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
    }

    // WIDER FACE's files begin with a name and a count and are never empty; YOLO's are empty or have rows of six
    // numbers.
    private static bool HoldsYolo(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToArray();
        var first = files.Select(
            file => InputFile.Reading(file, () => InputFile.ReadAllLines(file)).FirstOrDefault(
                line => !string.IsNullOrWhiteSpace(line)))
            .FirstOrDefault(line => line is not null);
        return first is null ? files.Length > 0 : IsYoloRow(first);
    }

    private static bool IsYoloRow(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 6
            && words.All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }
}
