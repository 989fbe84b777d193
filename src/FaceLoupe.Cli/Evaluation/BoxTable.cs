using System.Globalization;
using System.Text;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The table of <c>faceloupe evaluate boxes</c>, a column a size band.</summary>
internal sealed class BoxTable(IReadOnlyList<EvaluatedSubject> subjects)
{
    private const int LabelWidth = 34;
    private const int ColumnWidth = 9;

    /// <summary>The text, with a line end after the last line.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var first = subjects[0].Evaluation;
        text.Append(CultureInfo.InvariantCulture, $"{first.Pictures} pictures; IoU at least 0.5 without +1 pixels; exact all-points AP; bands by longer side: tiny up to 16 px, small up to 32, larger above\n\n");
        Row(text, "", first, band => band.Band.Name);
        Row(text, "faces", first, band => band.Faces.ToString("N0", CultureInfo.InvariantCulture));
        foreach (var subject in subjects)
        {
            var threshold = subject.Threshold.ToString("0.###", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"\n{subject.Regime}; {subject.Evaluation.Predictions:N0} boxes\n");
            Row(text, "AP", subject.Evaluation, band => Share(band.AveragePrecision));
            Row(text, "recall among 600 best", subject.Evaluation, band => Share(band.ProposalRecall));
            Row(text, $"recall at score {threshold}", subject.Evaluation, band => Share(band.RecallAtThreshold));
            Row(text, $"false alarms a picture at {threshold}", subject.Evaluation, band => Share(band.FalsePositivesPerPicture));
            Row(text, "localisation error (1 - IoU)", subject.Evaluation, band => Share(band.LocalizationError));
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string label, BoxEvaluation evaluation, Func<BandResult, string> cell)
    {
        text.Append(label.PadRight(LabelWidth));
        foreach (var band in evaluation.Bands)
        {
            text.Append(cell(band).PadLeft(ColumnWidth));
        }

        text.Append('\n');
    }

    private static string Share(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
