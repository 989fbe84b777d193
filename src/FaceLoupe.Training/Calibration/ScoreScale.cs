using System.Globalization;
using FaceLoupe.Evaluation;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// Platt scaling: the straight line in logits that makes scores probabilities, fitted by logistic regression on what
/// became of the boxes. A line keeps the order of scores and does not saturate.
/// </summary>
/// <param name="Slope">Factor of the logit, above 0.</param>
/// <param name="Offset">Added after it.</param>
internal sealed record ScoreScale(double Slope, double Offset)
{
    private const int Iterations = 50;
    private const double Ridge = 1e-3; // keeps separable sets finite

    /// <summary>Fits the line by Newton's method.</summary>
    /// <param name="matched">Logit and whether the box was right; ignored boxes are left out before.</param>
    /// <exception cref="FaceLoupeException">All boxes were right, or none.</exception>
    public static ScoreScale Fit(IReadOnlyList<(double Logit, bool Right)> matched)
    {
        if (matched.All(box => box.Right) || matched.All(box => !box.Right))
        {
            throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{matched.Count} boxes, and all of one kind: calibration needs right and wrong ones; give more "
                    + $"images."));
        }

        double slope = 1, offset = 0;
        for (var i = 0; i < Iterations; i++)
        {
            double g0 = Ridge * (slope - 1), g1 = 0, h00 = Ridge, h01 = 0, h11 = Ridge;
            foreach (var (logit, right) in matched)
            {
                var p = 1 / (1 + Math.Exp(-((slope * logit) + offset)));
                var (error, weight) = (p - (right ? 1 : 0), Math.Max(p * (1 - p), 1e-9));
                g0 += error * logit;
                g1 += error;
                h00 += weight * logit * logit;
                h01 += weight * logit;
                h11 += weight;
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var (stepSlope, stepOffset) =
                (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
            slope = Math.Max(slope - stepSlope, 0.01);
            offset -= stepOffset;
            if (Math.Abs(stepSlope) + Math.Abs(stepOffset) < 1e-9)
            {
                break;
            }
        }

        return new ScoreScale(slope, offset);
    }

    /// <summary>The same fusion with calibrated scores.</summary>
    public FusionSection Apply(FusionSection fusion) => fusion with
    {
        Stage1Weight = (float)(fusion.Stage1Weight * Slope),
        Stage2Weight = (float)(fusion.Stage2Weight * Slope),
        Bias = (float)((fusion.Bias * Slope) + Offset),
        Native = fusion.Native is null ? null : Apply(fusion.Native),
    };

    /// <summary>
    /// Every box of the sets that counts: its logit and whether it was the first on an annotated face.
    /// </summary>
    public static IReadOnlyList<(double Logit, bool Right)> Match(IEnumerable<EvaluatedPicture> pictures) =>
    [
        .. pictures.SelectMany(picture => PictureMatcher.Match(picture, new BoxEvaluationOptions().IouThreshold)
            .Where(match => match.Face < 0 || !picture.Faces[match.Face].Invalid)
            .Select(match => (match.Score, match.IsFirst))),
    ];
}
