using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>One entry and one row of the WIDER FACE text format; every number in the invariant culture.</summary>
internal static class WiderFaceText
{
    private const string RowOfZeros = "0 0 0 0 0 0 0 0 0 0";
    private const int ShortRow = 4;
    private const int LongRow = 10;

    public static void Append(StringBuilder text, AnnotatedPicture picture, string path)
    {
        // The reader trims lines, so that a name with blanks at its ends would come back as another.
        if (picture.Name.Trim().Length == 0 || picture.Name.Trim() != picture.Name || picture.Name.Contains('\n')
            || picture.Name.Contains('\r'))
        {
            throw new FaceLoupeException(
                $"{path}: the image name '{picture.Name.ReplaceLineEndings("\\n")}' cannot be written; "
                + "expected a name without line breaks or blanks at its ends.");
        }

        var culture = CultureInfo.InvariantCulture;
        text.Append(picture.Name).Append('\n').Append(culture, $"{picture.Faces.Count}\n");
        foreach (var face in picture.Faces)
        {
            var box = face.Box;
            text.Append(culture, $"{box.X} {box.Y} {box.Width} {box.Height} {face.Blur} {face.Expression} ")
                .Append(culture, $"{face.Illumination} {(face.Invalid ? 1 : 0)} {face.Occlusion} {face.Pose}\n");
        }

        if (picture.Faces.Count == 0)
        {
            text.Append(RowOfZeros).Append('\n');
        }
    }

    /// <summary>True when a line can only be a row of a face: four words or more, numbers all of them.</summary>
    public static bool LooksLikeRow(string line) => NumberRow.Parse(line) is { Length: >= ShortRow };

    /// <summary>True for the row that stands in for "no face".</summary>
    public static bool IsRowOfZeros(string line) =>
        NumberRow.Parse(line) is { Length: >= ShortRow } numbers && numbers.All(number => number == 0);

    /// <summary>The face of a row, or null when the line is not four or ten numbers.</summary>
    public static FaceAnnotation? ParseRow(string line)
    {
        if (NumberRow.Parse(line) is not { Length: ShortRow or LongRow } numbers)
        {
            return null;
        }

        var box = new Box((float)numbers[0], (float)numbers[1], (float)numbers[2], (float)numbers[3]);
        if (numbers.Length == ShortRow)
        {
            return new FaceAnnotation(box);
        }

        return numbers.Skip(ShortRow).All(number => number == Math.Truncate(number) && Math.Abs(number) < 1e6)
            ? new FaceAnnotation(
                box,
                Blur: (int)numbers[4],
                Expression: (int)numbers[5],
                Illumination: (int)numbers[6],
                Invalid: numbers[7] != 0,
                Occlusion: (int)numbers[8],
                Pose: (int)numbers[9])
            : null;
    }
}
