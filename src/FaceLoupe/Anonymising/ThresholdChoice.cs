using System.Globalization;
using FaceLoupe.Models;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The score from which a box is masked, and where it comes from. A missed face stays visible and a false alarm only
/// costs a smudge, so the default is the highest recall at a few false alarms per image.
/// </summary>
/// <param name="Threshold">Lowest score of a masked box, from 0 to 1.</param>
/// <param name="Point">The measurement at this threshold; null: there is none.</param>
/// <param name="ByMasks">
/// Whether the point counts hidden faces (<see cref="DetectionSection.MaskingPoints"/>), rather than boxes that fit.
/// </param>
/// <param name="Certificate">The certificate that the threshold was taken from; null: none.</param>
public sealed record ThresholdChoice(
    float Threshold, OperatingPoint? Point, bool ByMasks = false, MaskCertificate? Certificate = null)
{
    // Recall from which a point is taken even if the model's own threshold would mask more.
    private const float GoodRecall = 0.95f;

    /// <summary>Maximum number of false alarms per image of the default threshold.</summary>
    public const float MostFalseAlarms = 3;

    /// <summary>
    /// Chooses the threshold: the given one; or that of the lowest masking point with at least the given recall; or, if
    /// neither is given, of the highest recall that costs no more than <see cref="MostFalseAlarms"/>; or the model's
    /// own threshold, if there is no such point or it is higher. For a model without masking points its operating
    /// points are used.
    /// </summary>
    /// <param name="model">The model, with its operating points.</param>
    /// <param name="targetRecall">Share of faces to be hidden, from 0 to 1; null: not given.</param>
    /// <param name="minScore">A threshold from 0 to 1; null: not given.</param>
    /// <exception cref="FaceLoupeException">The model has no point with the given recall.</exception>
    /// <exception cref="ArgumentException">Both are given.</exception>
    public static ThresholdChoice Of(ModelManifest model, float? targetRecall = null, float? minScore = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (targetRecall is not null && minScore is not null)
        {
            throw new ArgumentException("A recall and a threshold cannot both be given.", nameof(minScore));
        }

        var detection = model.Detection;
        var byMasks = detection.MaskingPoints.Count > 0;
        var points = byMasks ? detection.MaskingPoints : detection.OperatingPoints;
        if (minScore is { } score)
        {
            return Of(score, points.FirstOrDefault(point => point.Threshold.Equals(score)));
        }

        if (targetRecall is { } recall)
        {
            return points.FirstOrDefault(point => point.Recall >= recall) is { } found
                ? Of(found.Threshold, found)
                : throw new FaceLoupeException(Unknown(model, points, recall));
        }

        var best = points.LastOrDefault(point =>
            point.FalseAlarmsPerPicture <= MostFalseAlarms
                && (point.Recall >= GoodRecall || point.Threshold <= detection.Threshold));
        return Of(best?.Threshold ?? detection.Threshold, best);

        ThresholdChoice Of(float threshold, OperatingPoint? point) =>
            new(threshold, point, byMasks && point is not null);
    }

    /// <summary>
    /// Chooses the threshold for the options of an <see cref="Anonymiser"/>: the certificate's, or else by <see
    /// cref="Of(ModelManifest, float?, float?)"/>. The first stage alone was not measured: its threshold is the model's
    /// own.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="FaceLoupeException">
    /// Two of certificate, recall and score are given, the recall was not measured, or the certificate is of another
    /// model or mask.
    /// </exception>
    public static ThresholdChoice Of(ModelManifest model, AnonymiserOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var wishes = new[] { options.TargetRecall is null, options.MinScore is null, options.Certificate is null };
        if (wishes.Count(missing => !missing) > 1)
        {
            throw new FaceLoupeException(
                "A certificate, a target recall and a lowest score each choose the threshold; give one of them.");
        }

        if (options.Certificate is { } certificate)
        {
            certificate.RefuseUnlessFor(model, options);
            return new ThresholdChoice(certificate.Threshold, null, true, certificate);
        }

        if (options.Stages == DetectionStages.Both)
        {
            return Of(model, options.TargetRecall, options.MinScore);
        }

        return options.TargetRecall is null
            ? new ThresholdChoice(options.MinScore ?? model.Detection.Threshold, null)
            : throw new FaceLoupeException(
                "A target recall applies to both stages, but only the first was requested.");
    }

    /// <summary>A warning if this hides fewer faces than the model's default; null: it does not.</summary>
    /// <param name="model">The model.</param>
    public string? WeakerThanDefault(ModelManifest model) =>
        Of(model) is { Point: { } usual } otherwise && Certificate is null && Threshold > otherwise.Threshold
            ? $"that is less than the default, which hides {Text(usual.Recall)} of the faces (threshold "
                + $"{Text(otherwise.Threshold)})"
            : null;

    /// <summary>The choice in words: the threshold, what share of faces it finds, and at what cost.</summary>
    public string Describe()
    {
        var threshold = $"threshold {Text(Threshold)}: ";
        if (Certificate is { } certificate)
        {
            return threshold + certificate.Describe();
        }

        return Point is null
            ? threshold + "the share of the faces it finds was not measured"
            : $"{threshold}{(ByMasks ? "hides" : "finds")} {Text(Point.Recall)} of the faces"
                + (Point.MeasuredOn.Length > 0 ? $" (as measured on {Point.MeasuredOn})" : string.Empty)
                + $", with {Text(Point.FalseAlarmsPerPicture)} {(ByMasks ? "false-positive masks" : "false alarms")} "
                + "per image";
    }

    private static string Unknown(ModelManifest model, IReadOnlyList<OperatingPoint> points, float recall)
    {
        var name = $"{model.Name} {model.Version}";
        return points.Count == 0
            ? $"A recall of {Text(recall)} was requested, but the model {name} ships no operating points, so none can "
                + "be promised: give a lowest score instead, or a model that has them."
            : $"A recall of {Text(recall)} was requested, but the model {name} was measured at "
                + string.Join(", ", points.Select(point => Text(point.Recall)))
                + " only: choose one of these, or give a lowest score.";
    }

    private static string Text(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
