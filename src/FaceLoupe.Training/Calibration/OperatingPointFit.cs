using FaceLoupe.Evaluation;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// Thresholds of calibrated scores: the best compromise, and those that find a wanted share of the faces.
/// </summary>
internal sealed class OperatingPointFit
{
    private readonly (double Logit, bool Right)[] matched;
    private readonly int faces;
    private readonly int pictures;
    private readonly string measuredOn;

    /// <param name="pictures">The images with all boxes that a detector finds, logits as scores.</param>
    /// <param name="measuredOn">What to call them.</param>
    public OperatingPointFit(IReadOnlyList<EvaluatedPicture> pictures, string measuredOn)
    {
        matched = [.. ScoreScale.Match(pictures).OrderByDescending(box => box.Logit)];
        faces = pictures.Sum(picture => picture.Faces.Count(face => !face.Invalid));
        (this.pictures, this.measuredOn) = (pictures.Count, measuredOn);
    }

    /// <summary>The score with the best F1, the harmonic mean of precision and recall.</summary>
    public float BestF1()
    {
        var (best, bestF1, right) = (0.0, -1.0, 0);
        for (var i = 0; i < matched.Length; i++)
        {
            right += matched[i].Right ? 1 : 0;
            var f1 = 2.0 * right / (i + 1 + faces);
            if (f1 > bestF1)
            {
                (best, bestF1) = (matched[i].Logit, f1);
            }
        }

        return Score(best);
    }

    /// <summary>The highest score that finds at least this share of the faces; null if no score does.</summary>
    public OperatingPoint? ForRecall(double recall)
    {
        var right = 0;
        for (var i = 0; i < matched.Length; i++)
        {
            right += matched[i].Right ? 1 : 0;
            if (right >= recall * faces)
            {
                return new OperatingPoint
                {
                    Recall = (float)recall,
                    Threshold = Score(matched[i].Logit),
                    FalseAlarmsPerPicture = MathF.Round((i + 1 - right) / (float)pictures, 2),
                    MeasuredOn = measuredOn,
                };
            }
        }

        return null;
    }

    /// <summary>The share of the faces that the detector finds at any score, 0 to 1.</summary>
    public double Ceiling => faces == 0 ? 0 : matched.Count(box => box.Right) / (double)faces;

    /// <summary>The score of a logit, rounded down, so that the box itself still counts.</summary>
    public static float Score(double logit) => (float)(Math.Floor(1e6 / (1 + Math.Exp(-logit))) / 1e6);
}
