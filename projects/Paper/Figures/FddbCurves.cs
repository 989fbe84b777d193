using System.Globalization;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Predictions;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Ablations;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Figure 9: true positive rate against false positives on FDDB, beside published curves.</summary>
internal static class FddbCurves
{
    /// <summary>Number of false positives at which the paper reads its curve, and the end of its axis.</summary>
    public const int ReadAt = 500;

    private const string FoldFiles = "FDDB-fold-*-ellipseList.txt";
    private const string PublishedSuffix = "DiscROC.txt";
    private static readonly string[] FoldFolders = ["FDDB-folds", "."];
    private static readonly string[] ImageFolders = ["originalPics", "images", "."];

    /// <summary>The folds of a folder of FDDB, and the image file of each of their images.</summary>
    /// <exception cref="FaceLoupeException">There are no folds, or their images are not there.</exception>
    public static (IReadOnlyList<FddbPicture> Folds, IReadOnlyDictionary<string, string> Paths) Open(string folder)
    {
        var folds = FddbFiles.ReadFolds(FoldFolders.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(name => Directory.Exists(name) && Directory.GetFiles(name, FoldFiles).Length > 0)
            ?? folder);
        foreach (var images in ImageFolders.Select(name => Path.Combine(folder, name)))
        {
            if (folds.Any(picture => File.Exists(PathOf(images, picture))))
            {
                var paths = folds.Where(picture => File.Exists(PathOf(images, picture)))
                    .ToDictionary(picture => picture.Name, picture => PathOf(images, picture));
                return (folds, paths);
            }
        }

        throw new FaceLoupeException(
            $"{folder}: {PathOf(ImageFolders[0], folds[0])} and the other images of FDDB are not there; unpack "
            + "originalPics.tar.gz of http://vis-www.cs.umass.edu/fddb/ there.");
    }

    /// <summary>Writes detections in FDDB's layout of rectangles.</summary>
    public static void Write(string path, IEnumerable<(string Name, IReadOnlyList<ScoredBox> Found)> pictures) =>
        AtomicFile.WriteAllText(
            path, string.Concat(pictures.Select(picture => PredictionText.Of(picture.Name, picture.Found))));

    /// <summary>Draws the curve over the published ones.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="result">The evaluation.</param>
    /// <param name="published">Folder of published curves, *DiscROC.txt; null: none.</param>
    public static void Draw(string path, FddbResult result, string? published)
    {
        List<FigureLine> lines = [.. published is null ? [] : Published(published)];
        lines.Add(new(
            Label(result.At(ReadAt)?.Discrete ?? 0, "FaceLoupe"),
            [.. result.Points.Where(point => point.FalsePositives <= ReadAt)
                .Select(point => ((double)point.FalsePositives, point.Discrete))],
            IsOurs: true));
        var figure = new LineFigure(
            $"FDDB, discrete score: {Numbers.Count(result.Pictures, "image")}, {Numbers.Count(result.Faces, "face")}",
            "false positives", "true positive rate", ReadAt);
        AtomicFile.WriteAllText(path, figure.Svg(lines));
    }

    /// <summary>Published curves of FDDB: rows of true positive rate and number of false positives.</summary>
    /// <exception cref="FaceLoupeException">There is none, or a row is malformed.</exception>
    internal static IReadOnlyList<FigureLine> Published(string folder)
    {
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + PublishedSuffix).Order(StringComparer.Ordinal).ToArray() : [];
        return files.Length > 0
            ? [.. files.Select(Read).OrderByDescending(line => line.Points.Max(point => (double?)point.Y) ?? 0)]
            : throw new FaceLoupeException(
                $"{folder}: no published curves of FDDB here; expected files NAME{PublishedSuffix} with rows of true "
                + "positive rate and number of false positives.");
    }

    private static FigureLine Read(string path)
    {
        var points = new List<(double FalsePositives, double Rate)>();
        foreach (var line in InputFile.ReadAllLines(path).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var words = NumberRow.Words(line);
            if (words.Length < 2
                || NumberRow.Parse(words.AsSpan(0, 2)) is not [var rate and >= 0 and <= 1, var count and >= 0])
            {
                throw new FaceLoupeException(
                    $"{path}: expected rows of true positive rate, 0 to 1, and number of false positives, "
                    + $"found '{line.Trim()}'.");
            }

            points.Add((count, rate));
        }

        var shown = points.Where(point => point.FalsePositives <= ReadAt)
            .OrderBy(point => point.FalsePositives).ToArray();
        var name = Path.GetFileName(path)[..^PublishedSuffix.Length].TrimEnd('_', '-', ' ');
        return new FigureLine(Label(shown.Select(point => point.Rate).DefaultIfEmpty(0).Max(), name), shown);
    }

    private static string Label(double rate, string name) =>
        FormattableString.Invariant($"{rate:0.000} {name}");

    private static string PathOf(string images, FddbPicture picture) => Path.Combine(images, picture.Name + ".jpg");
}
