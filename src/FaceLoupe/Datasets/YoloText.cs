using System.Globalization;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Rows of YOLO's text files: a class, then a box relative to the image's size, perhaps a confidence.
/// </summary>
internal static class YoloText
{
    /// <summary>Reads the rows of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Size of its image.</param>
    /// <param name="withScore">Whether a confidence must end each row.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or a line is malformed.</exception>
    public static IReadOnlyList<YoloRow> Read(string path, PictureSize size, bool withScore)
    {
        var lines = InputFile.Reading(path, () => InputFile.ReadAllLines(path));

        var expected = $"a class and 'x y width height{(withScore ? " confidence" : "")}' relative to the image";
        var rows = new List<YoloRow>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{path}, line {i + 1}");
                rows.Add(YoloRow.Of(NumberRow.Parse(lines[i]), size, withScore, place)
                    ?? throw new FaceLoupeException($"{place}: expected {expected}, found '{lines[i].Trim()}'."));
            }
        }

        return rows;
    }

    /// <summary>
    /// A row without a line end, its numbers exact enough to read back the same box within a thousandth of a pixel.
    /// </summary>
    public static string Row(in Box box, PictureSize size, double? score = null)
    {
        var culture = CultureInfo.InvariantCulture;
        var (x, y) = (box.X + (box.Width / 2d), box.Y + (box.Height / 2d));
        var (width, height) = (box.Width / (double)size.Width, box.Height / (double)size.Height);
        var row = string.Create(culture, $"0 {x / size.Width} {y / size.Height} {width} {height}");
        return score is { } number ? row + string.Create(culture, $" {number}") : row;
    }

    /// <summary>Path of an image's text file: in the labels folder as the image is in the images folder.</summary>
    public static string PathFor(string labelsFolder, string pictureName) =>
        Path.Combine(labelsFolder, Path.ChangeExtension(pictureName, ".txt"));

    /// <summary>The same path for a file to be written.</summary>
    /// <exception cref="FaceLoupeException">The name leads out of the folder.</exception>
    public static string TargetFor(string labelsFolder, string pictureName) =>
        OutputPath.In(labelsFolder, Path.ChangeExtension(pictureName, ".txt"));
}
