using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>The text of one image's predictions in the layout of WIDER FACE submissions.</summary>
internal static class PredictionText
{
    private const int Columns = 5;
    private static readonly char[] Separators = [' ', '\t'];

    /// <summary>Reads one file.</summary>
    public static IReadOnlyList<ScoredBox> Read(string path)
    {
        return InputFile.Reading(path, () => Parse(InputFile.ReadAllText(path), path), "the predictions");
    }

    /// <summary>Parses a file's text; the name in it is ignored, the file's own name decides.</summary>
    public static IReadOnlyList<ScoredBox> Parse(ReadOnlySpan<char> text, string path)
    {
        var boxes = new List<ScoredBox>();
        var (line, filled, announced) = (0, 0, 0);
        foreach (var raw in text.EnumerateLines())
        {
            line++;
            var row = raw.Trim();
            if (row.IsEmpty)
            {
                continue;
            }

            filled++;
            if (filled == 2 && !int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out announced))
            {
                throw Malformed(path, line, "the number of boxes", row);
            }

            if (filled > 2)
            {
                boxes.Add(boxes.Count < announced ? ParseRow(row, path, line) : throw Malformed(
                    path, line, FormattableString.Invariant($"the end after the {announced} boxes announced"), row));
            }
        }

        var expected = filled < 2 ? "the number of boxes"
            : FormattableString.Invariant($"the number of boxes ({announced})");
        return filled >= 2 && boxes.Count == announced
            ? boxes
            : throw new FaceLoupeException(
                FormattableString.Invariant($"{path}, line {line}: the file ends after {boxes.Count} boxes; ")
                + $"expected a name, {expected} and so many rows.");
    }

    /// <summary>The text of a file: best box first, numbers that read back exactly.</summary>
    public static string Of(string name, IEnumerable<ScoredBox> boxes)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        var count = 0;
        foreach (var (box, score) in boxes.OrderByDescending(box => box.Score))
        {
            count++;
            text.Append(culture, $"{box.X} {box.Y} {box.Width} {box.Height} {score}\n");
        }

        return string.Create(culture, $"{name}\n{count}\n{text}");
    }

    private static ScoredBox ParseRow(ReadOnlySpan<char> row, string path, int line) =>
        NumberRow.Parse(row.ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            is { Length: Columns } numbers
            ? new ScoredBox(
                new Box((float)numbers[0], (float)numbers[1], (float)numbers[2], (float)numbers[3]), numbers[4])
            : throw Malformed(path, line, "five finite numbers 'x y width height score'", row);

    private static FaceLoupeException Malformed(string path, int line, string expected, ReadOnlySpan<char> found) =>
        new($"{path}, line {line.ToString(CultureInfo.InvariantCulture)}: expected {expected}, found '{found}'.");
}
