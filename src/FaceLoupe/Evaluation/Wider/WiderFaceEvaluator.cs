using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Evaluation.Wider;

/// <summary>
/// The official WIDER FACE figure: average precision for easy, medium and hard by the toolkit's rules, and the exact
/// AP under the same matching beside it.
/// </summary>
/// <remarks>
/// Predictions of an image, by falling score, each go to the face that they overlap best, at an IoU (with the
/// toolkit's added pixel) of 0.5 or more. On a face that a setting ignores they are neither right nor wrong; a second
/// one on a kept face is wrong. Images without predictions add nothing but their missed faces.
/// </remarks>
public static class WiderFaceEvaluator
{
    private const double IouThreshold = 0.5;

    /// <summary>Scores a folder of predictions.</summary>
    /// <exception cref="FaceLoupeException">A file is malformed, or none belongs to an image.</exception>
    public static WiderFaceResult Evaluate(WiderFaceGroundTruth truth, PredictionFolder predictions)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        var known = truth.Pictures.Select(picture => picture.Key).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. known.Where(key => !predictions.Holds(key)).Order(StringComparer.Ordinal)];
        if (missing.Length == known.Count)
        {
            throw new FaceLoupeException(
                $"{predictions.Folder}: no file belongs to an image of the ground truth; expected names such as "
                + $"{missing[0]}.txt.");
        }

        return Evaluate(truth, predictions.Read) with
        {
            Missing = missing,
            Unknown = [.. predictions.Keys.Where(key => !known.Contains(key))],
        };
    }

    /// <summary>Scores predictions from anywhere.</summary>
    /// <param name="truth">The ground truth.</param>
    /// <param name="predictionsOf">The predictions of an image by its key, in any order; scores on any scale.</param>
    /// <exception cref="FaceLoupeException">A prediction is not finite.</exception>
    public static WiderFaceResult Evaluate(
        WiderFaceGroundTruth truth, Func<string, IReadOnlyList<ScoredBox>> predictionsOf)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictionsOf);
        var settings = Enum.GetValues<WiderFaceSetting>();
        var scored = Array.ConvertAll(settings, _ => new List<(double Score, bool Right)>());
        var (count, lowest, highest) = (0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var picture in truth.Pictures)
        {
            var boxes = predictionsOf(picture.Key);
            count += boxes.Count;
            foreach (var box in boxes)
            {
                if (!double.IsFinite(box.Score)
                    || !float.IsFinite(box.Box.X + box.Box.Y + box.Box.Width + box.Box.Height))
                {
                    throw new FaceLoupeException(
                        $"{picture.Key}: a prediction holds a number that is not finite; expected finite boxes and "
                        + $"scores.");
                }

                (lowest, highest) = (Math.Min(lowest, box.Score), Math.Max(highest, box.Score));
            }

            MatchTo(picture, boxes, scored);
        }

        return new WiderFaceResult(
            Array.ConvertAll(settings, setting => Result(truth, setting, scored[(int)setting], lowest, highest)),
            truth.Pictures.Count,
            count,
            [],
            []);
    }

    private static WiderFaceSettingResult Result(
        WiderFaceGroundTruth truth, WiderFaceSetting setting, List<(double,
            bool)> scored, double lowest, double highest)
    {
        var faces = truth.CountOf(setting);
        return new WiderFaceSettingResult(
            setting,
            faces,
            OfficialCurve.Of(scored, faces, lowest, highest),
            faces > 0 ? PrecisionRecallCurve.Of(scored, faces) : new PrecisionRecallCurve([]));
    }

    private static void MatchTo(
        WiderFacePicture picture, IReadOnlyList<ScoredBox> boxes, List<(double Score, bool Right)>[] scored)
    {
        var order = boxes.OrderByDescending(box => box.Score).ToArray();
        var faces = Array.ConvertAll(order, box => BestFace(picture.Faces, box.Box));
        for (var setting = 0; setting < scored.Length; setting++)
        {
            var kept = picture.Kept[setting];
            if (kept.Count == 0)
            {
                continue;
            }

            var taken = new bool[kept.Count];
            for (var i = 0; i < order.Length; i++)
            {
                if (faces[i] < 0)
                {
                    scored[setting].Add((order[i].Score, false));
                }
                else if (kept[faces[i]])
                {
                    scored[setting].Add((order[i].Score, !taken[faces[i]]));
                    taken[faces[i]] = true;
                }
            }
        }
    }

    private static int BestFace(IReadOnlyList<Box> faces, in Box box)
    {
        var (best, bestOverlap) = (-1, 0d);
        for (var face = 0; face < faces.Count; face++)
        {
            var overlap = ToolkitOverlap.IoU(box, faces[face]);
            if (overlap > bestOverlap)
            {
                (best, bestOverlap) = (face, overlap);
            }
        }

        return bestOverlap >= IouThreshold ? best : -1;
    }
}
