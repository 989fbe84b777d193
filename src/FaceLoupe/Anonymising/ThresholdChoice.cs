using System.Globalization;
using FaceLoupe.Models;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The score from which a box is masked, and where it comes from. A face that is missed stays visible and a false alarm
/// costs a smudge: without other wishes the threshold is the one of recall <see cref="DefaultRecall"/>.
/// </summary>
/// <param name="Threshold">Lowest score of a masked box, from 0 to 1.</param>
/// <param name="Point">What was measured at this threshold; null: nothing is known of it.</param>
public sealed record ThresholdChoice(float Threshold, OperatingPoint? Point)
{
    /// <summary>The recall aimed at where nothing else is asked for.</summary>
    public const float DefaultRecall = 0.95f;

    /// <summary>
    /// Chooses the threshold: the one asked for; or that of the lowest operating point with at least the recall asked
    /// for; or, nothing being asked for, of recall <see cref="DefaultRecall"/>, and of a model without such a point
    /// its own threshold.
    /// </summary>
    /// <param name="model">The model, with its operating points.</param>
    /// <param name="targetRecall">Share of faces to be found, from 0 to 1; null: not asked for.</param>
    /// <param name="minScore">A threshold from 0 to 1; null: not asked for.</param>
    /// <exception cref="FaceLoupeException">The model has no point with the recall asked for.</exception>
    /// <exception cref="ArgumentException">Both are asked for.</exception>
    public static ThresholdChoice Of(ModelManifest model, float? targetRecall = null, float? minScore = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (targetRecall is not null && minScore is not null)
        {
            throw new ArgumentException("A recall and a threshold cannot both be asked for.", nameof(minScore));
        }

        var points = model.Detection.OperatingPoints;
        if (minScore is { } score)
        {
            return new ThresholdChoice(score, points.FirstOrDefault(point => point.Threshold.Equals(score)));
        }

        var found = points.FirstOrDefault(point => point.Recall >= (targetRecall ?? DefaultRecall));
        return found is not null ? new ThresholdChoice(found.Threshold, found)
            : targetRecall is null ? new ThresholdChoice(model.Detection.Threshold, null)
            : throw new FaceLoupeException(Unknown(model, targetRecall.Value));
    }

    /// <summary>The choice in words: the threshold, what share of faces it finds, and at what cost.</summary>
    public string Describe()
    {
        var threshold = $"threshold {Text(Threshold)}: ";
        return Point is null
            ? threshold + "what share of the faces it finds was not measured"
            : $"{threshold}finds {Text(Point.Recall)} of the faces"
                + (Point.MeasuredOn.Length > 0 ? $" (as measured on {Point.MeasuredOn})" : string.Empty)
                + $", with {Text(Point.FalseAlarmsPerPicture)} false alarms a picture";
    }

    private static string Unknown(ModelManifest model, float wanted)
    {
        var name = $"{model.Name} {model.Version}";
        var points = model.Detection.OperatingPoints;
        return points.Count == 0
            ? $"A recall of {Text(wanted)} was asked for, but the model {name} ships no operating points, so none can "
                + "be promised: give a lowest score instead, or a model that has them."
            : $"A recall of {Text(wanted)} was asked for, but the model {name} was measured at "
                + string.Join(", ", points.Select(point => Text(point.Recall)))
                + " only: choose one of these, or give a lowest score.";
    }

    private static string Text(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
