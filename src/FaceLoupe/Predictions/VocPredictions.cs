using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// Predictions in the format of the Pascal VOC challenge: one file for the class, <c>image score xmin ymin xmax
/// ymax</c> a row. Corners are edges, as in <see cref="Datasets.VocDataset"/>. Images without predictions do not
/// appear.
/// </summary>
public static class VocPredictions
{
    private const int Numbers = 5;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or a line is malformed.</exception>
    public static PredictionSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var lines = InputFile.Reading(path, () => InputFile.ReadAllLines(path));

        var pictures = new Dictionary<string, List<ScoredBox>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            var (name, box) = Parse(lines[i]) ?? throw new FaceLoupeException(FormattableString.Invariant(
                $"{path}, line {i + 1}: expected 'image score xmin ymin xmax ymax', found '{lines[i].Trim()}'."));
            var key = PredictionFolder.KeyOf(RelativeName.OfText(name));
            if (!pictures.TryGetValue(key, out var boxes))
            {
                pictures[key] = boxes = [];
            }

            boxes.Add(box);
        }

        return new PredictionSet(pictures.ToDictionary(
            picture => picture.Key, picture => (IReadOnlyList<ScoredBox>)picture.Value, StringComparer.Ordinal));
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void Write(string path, PredictionSet predictions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(predictions);
        var text = new StringBuilder();
        foreach (var (key, boxes) in predictions.Pictures)
        {
            foreach (var (box, score) in boxes.OrderByDescending(box => box.Score))
            {
                var (right, bottom) = ((double)box.X + box.Width, (double)box.Y + box.Height);
                text.Append(CultureInfo.InvariantCulture, $"{key} {score} {box.X} {box.Y} {right} {bottom}\n");
            }
        }

        AtomicFile.WriteAllText(path, text.ToString());
    }

    // The numbers are the last five words: an image's name may hold blanks.
    private static (string Name, ScoredBox Box)? Parse(string line)
    {
        var words = NumberRow.Words(line);
        if (words.Length <= Numbers || NumberRow.Parse(words.AsSpan(words.Length - Numbers)) is not { } numbers)
        {
            return null;
        }

        var box = new Box(
            (float)numbers[1], (float)numbers[2], (float)(numbers[3] - numbers[1]), (float)(numbers[4] - numbers[2]));
        return (string.Join(' ', words[..^Numbers]), new ScoredBox(box, numbers[0]));
    }
}
