namespace FaceLoupe.Evaluation;

/// <summary>
/// Scores boxes on any annotated set of images: exact average precision, recall of proposals, false alarms and
/// localisation error, each by size band. IoU is continuous, without the +1 pixel of the WIDER FACE toolkit.
/// </summary>
/// <remarks>
/// In descending order of score each prediction of an image goes to the face that it overlaps best. It is right when
/// it is the first on a face, wrong when it is a duplicate or on no face, and ignored when its face is ignored:
/// invalid, or of another size band. Unmatched predictions of a size far from the band are ignored too.
/// </remarks>
public sealed class BoxEvaluator
{
    private readonly BoxEvaluationOptions _options;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public BoxEvaluator(BoxEvaluationOptions? options = null)
    {
        _options = options ?? new BoxEvaluationOptions();
        _options.Validate();
    }

    /// <summary>Scores images, one after the other: they need not be in memory at once.</summary>
    /// <exception cref="FaceLoupeException">There is no image, or a prediction is not finite.</exception>
    public BoxEvaluation Evaluate(IEnumerable<EvaluatedPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var tallies = _options.Bands.Select(band => new BandTally(band, _options)).ToArray();
        var (count, predictions) = (0, 0);
        foreach (var picture in pictures)
        {
            count++;
            predictions += picture.Predictions.Count;
            var matches = PictureMatcher.Match(picture, _options.IouThreshold);
            foreach (var tally in tallies)
            {
                tally.Add(picture.Faces, matches);
            }
        }

        return count > 0
            ? new BoxEvaluation(count, predictions, Array.ConvertAll(tallies, tally => tally.Result()))
            : throw new FaceLoupeException("No image to evaluate; expected at least one annotated image.");
    }
}
