using System.Globalization;
using System.Text;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Labelling;

/// <summary>Counts of a run, and how the detectors' boxes compare with the annotations.</summary>
internal sealed class LabelReport
{
    private readonly IReadOnlyList<DetectorFormat> formats;
    private readonly BoxStyle[] styles;
    private readonly List<EvaluatedPicture>[] evaluated;
    private int pictures;
    private int kept;
    private int added;
    private int ignored;

    public LabelReport(IReadOnlyList<DetectorFormat> formats)
    {
        this.formats = formats;
        styles = [.. formats.Select(format => new BoxStyle(format.Name)), new BoxStyle("fused")];
        evaluated = [.. styles.Select(_ => new List<EvaluatedPicture>())];
    }

    /// <summary>Adds an image.</summary>
    public void Add(AnnotatedPicture picture, PictureFindings findings)
    {
        pictures++;
        kept += findings.Labels.Kept.Count;
        added += findings.Labels.Added.Count;
        ignored += findings.Labels.Ignored.Count;
        for (var i = 0; i < formats.Count; i++)
        {
            var format = formats[i];
            styles[i].Add(
                findings.Boxes[i].Where(box => box.Score >= format.ConfidentScore).Select(box => box.Box),
                picture.Faces);
            evaluated[i].Add(new EvaluatedPicture(picture.Name, picture.Faces, findings.Boxes[i]));
        }

        styles[^1].Add(
            findings.Clusters.Where(cluster => cluster.Mean >= 0.5f).Select(cluster => cluster.Box), picture.Faces);
        evaluated[^1].Add(new EvaluatedPicture(
            picture.Name, picture.Faces,
            [.. findings.Clusters.Select(cluster => new ScoredBox(cluster.Box, Support(cluster)))]));
    }

    /// <summary>The totals in one line.</summary>
    public string Totals => string.Create(
        CultureInfo.InvariantCulture, $"{pictures} images: {kept} boxes kept, {added} faces added, {ignored} places "
            + $"to ignore");

    /// <summary>A table with a row per detector: how well it finds the annotated faces, and its box style.</summary>
    public string Table()
    {
        var text = new StringBuilder(
            "detector      AP    tiny  small larger | confident from 0.95 0.98 | "
            + "boxes  width height    dx     dy   IoU\n");
        for (var i = 0; i < styles.Length; i++)
        {
            var (style, result) = (styles[i], new BoxEvaluator().Evaluate(evaluated[i]));
            text.Append(CultureInfo.InvariantCulture, $"{style.Name,-12}")
                .AppendJoin("", result.Bands.Select(band =>
                    FormattableString.Invariant($" {band.AveragePrecision ?? double.NaN:0.000}")))
                .Append(CultureInfo.InvariantCulture, $" | {PreciseFrom(result, 0.95),18:0.00}")
                .Append(CultureInfo.InvariantCulture, $" {PreciseFrom(result, 0.98),5:0.00}")
                .Append(CultureInfo.InvariantCulture, $" | {style.Count,5} {style.Width,6:0.000}")
                .Append(CultureInfo.InvariantCulture, $" {style.Height,6:0.000}")
                .Append(CultureInfo.InvariantCulture, $" {style.X,6:0.000} {style.Y,6:0.000} {style.IoU,5:0.000}\n");
        }

        return text.ToString().TrimEnd();
    }

    // The score of a cluster: the sum of confidences.
    private static float Support(BoxCluster cluster) => cluster.Members.Sum(member => member.Confidence);

    // The lowest score from which the precision is at least this.
    private static double PreciseFrom(BoxEvaluation result, double precision) => result["all"].Curve?.Points
        .Where(point => point.Precision >= precision).Select(point => point.Score).DefaultIfEmpty(double.NaN)
        .Min() ?? double.NaN;
}
