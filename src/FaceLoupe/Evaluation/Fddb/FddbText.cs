using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Evaluation.Fddb;

/// <summary>
/// The text of FDDB's annotations and of detections for it: an image's name, the number of regions, then a row of
/// numbers each: <c>ra rb angle cx cy score</c> for an ellipse, <c>x y width height score</c> for a rectangle.
/// </summary>
internal static class FddbText
{
    private const int RectangleColumns = 5;
    private const int EllipseColumns = 6;
    private const string ExpectedRow = "five finite numbers 'x y width height score' or six 'ra rb angle cx cy score'";

    /// <summary>Reads a file's entries in order.</summary>
    public static IReadOnlyList<FddbPicture> Read(string path)
    {
        return InputFile.Reading(path, () => Parse(InputFile.ReadAllLines(path), path));
    }

    /// <summary>Parses lines; <paramref name="path"/> appears in messages.</summary>
    public static IReadOnlyList<FddbPicture> Parse(IReadOnlyList<string> lines, string path) =>
    [
        .. NamedRows.Parse(lines, ParseRow, (line, name) => Malformed(
                path, lines, line, name is null ? ExpectedRow : $"the number of regions of {name}"))
            .Select(picture => new FddbPicture(KeyOf(picture.Name), picture.Rows)),
    ];

    /// <summary>An image's name as in the folds: without an extension.</summary>
    public static string KeyOf(string name) => PredictionFolder.KeyOf(RelativeName.OfText(name));

    private static ScoredRegion? ParseRow(string line) =>
        NumberRow.Parse(line) switch
        {
            { Length: EllipseColumns } row => new ScoredRegion(
                FddbRegion.Ellipse(row[0], row[1], row[2], row[3], row[4]), row[5]),
            { Length: RectangleColumns } row => new ScoredRegion(
                FddbRegion.Rectangle(new Box((float)row[0], (float)row[1], (float)row[2], (float)row[3])), row[4]),
            _ => null,
        };

    private static FaceLoupeException Malformed(string path, IReadOnlyList<string> lines, int line, string expected)
    {
        var found = line < lines.Count ? $"found '{lines[line].Trim()}'" : "the file ends";
        return new FaceLoupeException(
            FormattableString.Invariant($"{path}, line {line + 1}: expected {expected}, {found}."));
    }
}
