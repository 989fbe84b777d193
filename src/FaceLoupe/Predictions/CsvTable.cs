using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// Comma-separated values (RFC 4180), a row per face. An image without faces has one row, face 0 with empty fields, to
/// distinguish it from one that was not searched. With frames of videos, two more columns identify them; with
/// landmarks, ten more have x and y of each.
/// </summary>
internal static class CsvTable
{
    /// <summary>The first row.</summary>
    public const string Header = "image,image_width,image_height,face,x,y,width,height,score,logit";

    /// <summary>The first row of a table with frames.</summary>
    public const string HeaderWithFrames = Header + ",frame,time";

    private const int Columns = 10;
    private const int FrameColumns = 2;
    private const int LandmarkColumns = 2 * FaceLandmarks.Count;

    private static readonly string LandmarksHeader =
        string.Concat(FaceLandmarks.Names.Select(name => $",{name}_x,{name}_y"));

    /// <summary>The text of a file.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="landmarks">Whether there are columns for landmarks.</param>
    public static string Of(IReadOnlyList<PictureFaces> pictures, bool landmarks = false)
    {
        var frames = pictures.Any(picture => picture.Frame is not null);
        var text = new StringBuilder(frames ? HeaderWithFrames : Header)
            .Append(landmarks ? LandmarksHeader : string.Empty).Append('\n');
        foreach (var picture in pictures)
        {
            var start = string.Create(
                CultureInfo.InvariantCulture, $"{Quoted(picture.Image)},{picture.Width},{picture.Height},");
            var end = frames ? FrameOf(picture) : string.Empty;
            if (picture.Faces.Count == 0)
            {
                text.Append(start).Append("0,,,,,,").Append(end)
                    .Append(',', landmarks ? LandmarkColumns : 0).Append('\n');
            }

            for (var i = 0; i < picture.Faces.Count; i++)
            {
                var (box, logit) = picture.Faces[i];
                text.Append(start).Append(CultureInfo.InvariantCulture, $"{i + 1},")
                    .AppendJoin(
                        ',', ((double[])[box.X, box.Y, box.Width, box.Height]).Select(value => Number(value, 2)))
                    .Append(',').Append(Number(picture.Faces[i].WrittenScore, 4)).Append(',').Append(Number(logit, 4))
                    .Append(end).Append(landmarks ? LandmarksOf(picture.Faces[i]) : string.Empty).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a file that <see cref="Of"/> wrote.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or a row is malformed.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        var text = InputFile.Reading(path, () => InputFile.ReadAllText(path));

        var rows = Rows(text, path);
        var header = rows.Count == 0 ? null : string.Join(',', rows[0]);
        string[] headers = [Header, HeaderWithFrames, Header + LandmarksHeader, HeaderWithFrames + LandmarksHeader];
        if (!headers.Contains(header))
        {
            throw new FaceLoupeException(
                $"{path}: its first row is not '{Header}'; expected a table of 'faceloupe detect'.");
        }

        var pictures = new OrderedDictionary<PictureKey, PictureFaces>();
        for (var i = 1; i < rows.Count; i++)
        {
            var (picture, face) = Parse(rows[i], rows[0].Count) ?? throw new FaceLoupeException(
                FormattableString.Invariant($"{path}, row {i + 1}: expected the {rows[0].Count} columns '{header}'."));
            var faces = pictures.GetValueOrDefault(picture.Key)?.Faces ?? [];
            pictures[picture.Key] = picture with { Faces = face is { } found ? [.. faces, found] : faces };
        }

        return [.. pictures.Values];
    }

    private static (PictureFaces Picture, FoundFace? Face)? Parse(IReadOnlyList<string> row, int columns)
    {
        if (row.Count != columns || !ResultNames.IsPath(row[0]))
        {
            return null;
        }

        var numbers = new double[columns];
        var faceless = row[3] == "0";
        var framed = columns is Columns + FrameColumns or Columns + FrameColumns + LandmarkColumns;
        var points = columns - (columns >= Columns + LandmarkColumns ? LandmarkColumns : 0);
        var (isFrame, hasPoints) = (framed && row[Columns].Length > 0, points < columns && row[points].Length > 0);
        for (var i = 1; i < columns; i++)
        {
            var mayBeEmpty = i < Columns ? faceless && i > 3 : i < points ? !isFrame : !hasPoints;
            if (!mayBeEmpty
                && !double.TryParse(row[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        FramePosition? frame = isFrame ? new FramePosition((long)numbers[Columns], numbers[Columns + 1]) : null;
        var picture = new PictureFaces(
            row[0], ResultNames.Of(row[0], frame), (int)numbers[1], (int)numbers[2], [], frame);
        var box = new Box((float)numbers[4], (float)numbers[5], (float)numbers[6], (float)numbers[7]);
        return (picture, faceless ? null : new FoundFace(box, numbers[9])
        {
            WrittenScore = numbers[8],
            Landmarks = hasPoints
                ? FaceLandmarks.Of([.. numbers.Skip(points).Select(number => (float)number)]) : null,
        });
    }

    private static List<IReadOnlyList<string>> Rows(string text, string path)
    {
        var rows = new List<IReadOnlyList<string>>();
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted ? text[i] != '"' : text[i] is not ('"' or ',' or '\r' or '\n'))
            {
                field.Append(text[i]);
            }
            else if (quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (text[i] == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        if (quoted)
        {
            throw new FaceLoupeException(FormattableString.Invariant(
                $"{path}, row {rows.Count + 1}: a quotation mark is never closed; the file was cut off or edited."));
        }

        // The last row may lack its line end.
        if (row.Count > 0 || field.Length > 0)
        {
            rows.Add([.. row, field.ToString()]);
        }

        return rows;
    }

    private static string FrameOf(PictureFaces picture) => picture.Frame is { } frame
        ? string.Create(CultureInfo.InvariantCulture, $",{frame.Number},{Number(frame.Seconds, 3)}")
        : ",,";

    private static string LandmarksOf(FoundFace face) => face.Landmarks is { } landmarks
        ? string.Concat(landmarks.Points.Select(point => $",{Number(point.X, 2)},{Number(point.Y, 2)}"))
        : new string(',', LandmarkColumns);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    private static string Number(double value, int digits) =>
        DetectionDocument.Rounded(value, digits).ToString(CultureInfo.InvariantCulture);
}
