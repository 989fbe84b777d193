using FaceLoupe.Anonymising;
using FaceLoupe.Evaluation;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Calibration;

/// <summary>Thresholds of calibrated scores at which the default masks hide given shares of the faces.</summary>
/// <param name="pictures">The images with all boxes that a detector finds, logits as scores.</param>
/// <param name="measuredOn">Their name.</param>
internal sealed class MaskingPointFit(IReadOnlyList<EvaluatedPicture> pictures, string measuredOn)
{
    private readonly MaskEvaluation masks = new MaskEvaluator().Evaluate(pictures);

    /// <summary>The share of the faces that are hidden where every box is masked, 0 to 1.</summary>
    public double Ceiling => masks.Ceiling ?? 0;

    /// <summary>The highest score that hides at least this share of the faces; null if no score does.</summary>
    public OperatingPoint? ForRecall(double recall) => masks.ThresholdFor(recall) is { } logit
        ? new OperatingPoint
        {
            Recall = (float)recall,
            Threshold = OperatingPointFit.Score(logit),
            FalseAlarmsPerPicture = MathF.Round((float)masks.FalsePositives(logit), 2),
            MeasuredOn = measuredOn,
        }
        : null;
}
