using FaceLoupe.Geometry;

namespace FaceLoupe.Evaluation;

/// <summary>
/// Matches the predictions of one image with its faces: in descending order of score each goes to the face that it
/// overlaps best, taken or not; a second match of a face is a duplicate. Whether a face counts is decided later, so
/// one matching serves every size band.
/// </summary>
internal static class PictureMatcher
{
    /// <summary>Matches one image, in continuous coordinates.</summary>
    /// <param name="picture">Faces and predictions.</param>
    /// <param name="iouThreshold">Minimum IoU of a match, from 0 to 1.</param>
    /// <returns>One match per prediction, best score first.</returns>
    /// <exception cref="FaceLoupeException">A prediction holds a number that is not finite.</exception>
    public static PredictionMatch[] Match(EvaluatedPicture picture, float iouThreshold)
    {
        RefuseUnlessFinite(picture);
        var matches = new PredictionMatch[picture.Predictions.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            var (box, score) = picture.Predictions[i];
            var (face, overlap) = BestFace(picture, box);
            matches[i] = overlap >= iouThreshold && face >= 0
                ? new PredictionMatch(i, score, box.LongerSide, face, false, overlap)
                : new PredictionMatch(i, score, box.LongerSide, -1, false, 0);
        }

        // Equal scores: the better box first, so that the result does not depend on the order of the file.
        Array.Sort(matches, static (a, b) =>
            b.Score.CompareTo(a.Score) is var byScore and not 0 ? byScore
            : b.Overlap.CompareTo(a.Overlap) is var byOverlap and not 0 ? byOverlap
            : a.Prediction.CompareTo(b.Prediction));

        var taken = new bool[picture.Faces.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            if (matches[i].Face is >= 0 and var face && !taken[face])
            {
                taken[face] = true;
                matches[i] = matches[i] with { IsFirst = true };
            }
        }

        return matches;
    }

    /// <summary>Refuses predictions that cannot be compared.</summary>
    /// <exception cref="FaceLoupeException">A prediction holds a number that is not finite.</exception>
    public static void RefuseUnlessFinite(EvaluatedPicture picture)
    {
        for (var i = 0; i < picture.Predictions.Count; i++)
        {
            var (box, score) = picture.Predictions[i];
            if (!double.IsFinite(score) || !float.IsFinite(box.X + box.Y + box.Width + box.Height))
            {
                throw new FaceLoupeException(
                    FormattableString.Invariant(
                        $"{picture.Name}: prediction {i + 1} of the image holds a number that is not finite; ")
                    + "expected finite boxes and scores.");
            }
        }
    }

    private static (int Face, float Overlap) BestFace(EvaluatedPicture picture, in Box box)
    {
        var (best, bestOverlap) = (-1, 0f);
        for (var face = 0; face < picture.Faces.Count; face++)
        {
            var overlap = Overlap.IoU(box, picture.Faces[face].Box);
            if (overlap > bestOverlap)
            {
                (best, bestOverlap) = (face, overlap);
            }
        }

        return (best, bestOverlap);
    }
}
