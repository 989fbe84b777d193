using System.Globalization;
using System.Text.Json;
using FaceLoupe.Datasets;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// Predictions in COCO's results format: a list of <c>{image_id, category_id, bbox, score}</c>. The annotation file
/// that they were made for maps ids to images.
/// </summary>
public static class CocoPredictions
{
    private const int FaceCategory = 1;

    /// <summary>Reads results; every category counts as face. Images without a result have none.</summary>
    /// <param name="path">
    /// The file of results, or a whole COCO document whose annotations have scores, as <c>faceloupe detect</c> writes.
    /// </param>
    /// <param name="annotations">The file of annotations, for its <c>images</c>; may be the same document.</param>
    /// <exception cref="FaceLoupeException">
    /// A file cannot be read, or an entry is malformed or for an unknown image.
    /// </exception>
    public static PredictionSet Read(string path, string annotations)
    {
        var keys = Images(annotations);
        var pictures = keys.Values.Distinct(StringComparer.Ordinal)
            .ToDictionary(key => key, _ => new List<ScoredBox>(), StringComparer.Ordinal);
        using var document = CocoDocument.Open(path);
        foreach (var (entry, place) in Results(document))
        {
            var id = CocoDocument.Id(entry, "image_id", place);
            var key = keys.GetValueOrDefault(id) ?? throw new FaceLoupeException(
                $"{place}: is for image {id}, which {annotations} does not list.");
            pictures[key].Add(
                new ScoredBox(CocoDocument.Box(entry, place), CocoDocument.Number(entry, "score", place)));
        }

        return new PredictionSet(pictures.ToDictionary(
            picture => picture.Key, picture => (IReadOnlyList<ScoredBox>)picture.Value, StringComparer.Ordinal));
    }

    /// <summary>Writes results.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="annotations">The file of annotations, for its <c>images</c>.</param>
    /// <param name="predictions">The predictions.</param>
    /// <exception cref="FaceLoupeException">
    /// An image is not among the images, or a file cannot be read or written.
    /// </exception>
    public static void Write(string path, string annotations, PredictionSet predictions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(predictions);
        var ids = Images(annotations).GroupBy(image => image.Value, StringComparer.Ordinal)
            .ToDictionary(image => image.Key, image => image.First().Key, StringComparer.Ordinal);
        if (predictions.Pictures.Keys.FirstOrDefault(key => !ids.ContainsKey(key)) is { } stranger)
        {
            throw new FaceLoupeException($"{annotations}: lists no image '{stranger}', whose id COCO's results need.");
        }

        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartArray();
            foreach (var (key, boxes) in predictions.Pictures)
            {
                foreach (var box in boxes.OrderByDescending(box => box.Score))
                {
                    Write(json, ids[key], box);
                }
            }

            json.WriteEndArray();
        });
    }

    private static IEnumerable<(JsonElement Entry, string Place)> Results(CocoDocument document) =>
        document.Root.ValueKind switch
        {
            JsonValueKind.Array => document.Places(document.Root, "result"),
            JsonValueKind.Object => document.List("annotations"),
            _ => throw new FaceLoupeException(
                $"{document.Path}: no list; expected COCO results, [{{image_id, category_id, bbox, score}}]."),
        };

    private static void Write(Utf8JsonWriter json, string id, ScoredBox box)
    {
        json.WriteStartObject();
        if (long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber("image_id", number);
        }
        else
        {
            json.WriteString("image_id", id);
        }

        json.WriteNumber("category_id", FaceCategory);
        CocoDocument.WriteBox(json, box.Box);
        json.WriteNumber("score", box.Score);
        json.WriteEndObject();
    }

    private static Dictionary<string, string> Images(string annotations)
    {
        using var document = CocoDocument.Open(annotations);
        var names = document.Images().ToDictionary(
            image => image.Id, image => RelativeName.OfText(image.Name), StringComparer.Ordinal);
        DistinctStems.Require(annotations, names.Values, PredictionFolder.KeyOf, StringComparer.Ordinal);
        return names.ToDictionary(
            image => image.Key, image => PredictionFolder.KeyOf(image.Value), StringComparer.Ordinal);
    }
}
