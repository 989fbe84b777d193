using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>
/// Comma-separated values (RFC 4180), a row a face. A picture without faces has one row, face 0 with empty fields, so
/// that one can tell "none" from "not looked at".
/// </summary>
internal static class CsvTable
{
    /// <summary>The first row.</summary>
    public const string Header = "image,image_width,image_height,face,x,y,width,height,score,logit";

    private const int Columns = 10;

    /// <summary>The text of a file.</summary>
    public static string Of(IEnumerable<PictureFaces> pictures)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var picture in pictures)
        {
            var start = string.Create(
                CultureInfo.InvariantCulture, $"{Quoted(picture.Image)},{picture.Width},{picture.Height},");
            if (picture.Faces.Count == 0)
            {
                text.Append(start).Append("0,,,,,,\n");
            }

            for (var i = 0; i < picture.Faces.Count; i++)
            {
                var (box, logit) = picture.Faces[i];
                text.Append(start).Append(CultureInfo.InvariantCulture, $"{i + 1},")
                    .AppendJoin(
                        ',', ((double[])[box.X, box.Y, box.Width, box.Height]).Select(value => Number(value, 2)))
                    .Append(',').Append(Number(picture.Faces[i].Score, 4)).Append(',').Append(Number(logit, 4))
                    .Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a file that <see cref="Of"/> wrote.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or a row is malformed.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }

        var rows = Rows(text);
        if (rows.Count == 0 || string.Join(',', rows[0]) != Header)
        {
            throw new FaceLoupeException(
                $"{path}: its first row is not '{Header}'; wanted a table of 'faceloupe detect'.");
        }

        var pictures = new OrderedDictionary<string, PictureFaces>(StringComparer.Ordinal);
        for (var i = 1; i < rows.Count; i++)
        {
            var (picture, face) = Parse(rows[i]) ?? throw new FaceLoupeException(FormattableString.Invariant(
                $"{path}, row {i + 1}: wanted the {Columns} columns '{Header}'."));
            var faces = pictures.GetValueOrDefault(picture.Image)?.Faces ?? [];
            pictures[picture.Image] = picture with { Faces = face is { } found ? [.. faces, found] : faces };
        }

        return [.. pictures.Values];
    }

    private static (PictureFaces Picture, FoundFace? Face)? Parse(IReadOnlyList<string> row)
    {
        if (row.Count != Columns)
        {
            return null;
        }

        var numbers = new double[Columns];
        var faceless = row[3] == "0";
        for (var i = 1; i < (faceless ? 4 : Columns); i++)
        {
            if (!double.TryParse(row[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        var picture = new PictureFaces(row[0], InputList.NameOf(row[0]), (int)numbers[1], (int)numbers[2], []);
        var box = new Box((float)numbers[4], (float)numbers[5], (float)numbers[6], (float)numbers[7]);
        return (picture, faceless ? null : new FoundFace(box, numbers[9]));
    }

    private static List<IReadOnlyList<string>> Rows(string text)
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

        return rows;
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    private static string Number(double value, int digits) =>
        FaceJson.Rounded(value, digits).ToString(CultureInfo.InvariantCulture);
}
