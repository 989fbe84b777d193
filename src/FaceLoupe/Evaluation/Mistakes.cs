using FaceLoupe.Datasets;
using FaceLoupe.Predictions;

namespace FaceLoupe.Evaluation;

/// <summary>A face that was not found.</summary>
/// <param name="Picture">The image's name.</param>
/// <param name="Face">The face.</param>
/// <param name="Score">Score of the prediction that found it below the threshold; null: none found it at all.</param>
/// <param name="Overlap">Best IoU of any prediction with it, from 0 to 1.</param>
public sealed record MissedFace(string Picture, FaceAnnotation Face, double? Score, float Overlap);

/// <summary>A prediction that is wrong.</summary>
/// <param name="Picture">The image's name.</param>
/// <param name="Prediction">The prediction.</param>
/// <param name="Overlap">Its best IoU with a face, from 0 to 1.</param>
/// <param name="IsDuplicate">Whether it is one more box on a face that a better-scored one has found.</param>
public sealed record FalseAlarm(string Picture, ScoredBox Prediction, float Overlap, bool IsDuplicate);

/// <summary>The errors of a detector, worst first: the images to inspect.</summary>
/// <param name="Misses">
/// Faces not found at the threshold: first those that no prediction found at any score, the largest first, then by
/// rising score.
/// </param>
/// <param name="FalseAlarms">Wrong predictions from the threshold upwards, the most confident first.</param>
public sealed record Mistakes(IReadOnlyList<MissedFace> Misses, IReadOnlyList<FalseAlarm> FalseAlarms)
{
    /// <summary>Collects the mistakes; matching is that of <see cref="BoxEvaluator"/>.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="options">The same as for the figures; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid, or a prediction is not finite.</exception>
    public static Mistakes Of(IEnumerable<EvaluatedPicture> pictures, BoxEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= new BoxEvaluationOptions();
        options.Validate();
        var (misses, alarms) = (new List<MissedFace>(), new List<FalseAlarm>());
        foreach (var picture in pictures)
        {
            var matches = PictureMatcher.Match(picture, options.IouThreshold);
            AddMisses(misses, picture, matches, options.Threshold);
            AddAlarms(alarms, picture, matches, options.Threshold);
        }

        return new Mistakes(
            [.. misses.OrderBy(miss => miss.Score ?? double.NegativeInfinity)
                .ThenByDescending(miss => miss.Face.Box.LongerSide)],
            [.. alarms.OrderByDescending(alarm => alarm.Prediction.Score)]);
    }

    private static void AddMisses(
        List<MissedFace> misses, EvaluatedPicture picture, PredictionMatch[] matches, double threshold)
    {
        for (var i = 0; i < picture.Faces.Count; i++)
        {
            var face = picture.Faces[i];
            var found = Array.FindIndex(matches, match => match.Face == i);
            if (!face.Invalid && (found < 0 || matches[found].Score < threshold))
            {
                var overlap = picture.Predictions.Select(box => Geometry.Overlap.IoU(box.Box, face.Box))
                    .DefaultIfEmpty(0).Max();
                misses.Add(new MissedFace(picture.Name, face, found < 0 ? null : matches[found].Score, overlap));
            }
        }
    }

    private static void AddAlarms(
        List<FalseAlarm> alarms, EvaluatedPicture picture, PredictionMatch[] matches, double threshold)
    {
        foreach (var match in matches)
        {
            if (match.Score < threshold)
            {
                break;
            }

            if (match.Face < 0 || (!match.IsFirst && !picture.Faces[match.Face].Invalid))
            {
                var box = picture.Predictions[match.Prediction];
                var overlap = picture.Faces.Select(face => Geometry.Overlap.IoU(box.Box, face.Box)).DefaultIfEmpty(0)
                    .Max();
                alarms.Add(new FalseAlarm(picture.Name, box, overlap, match.Face >= 0));
            }
        }
    }
}
