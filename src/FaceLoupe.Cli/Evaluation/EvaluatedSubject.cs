using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>A measured detector and its figures.</summary>
/// <param name="Name">Short name: <c>stage 1</c>, <c>both stages</c>, <c>predictions</c>.</param>
/// <param name="Settings">How the boxes were found.</param>
/// <param name="Threshold">Score at which false alarms were counted, as users give it.</param>
/// <param name="Options">The options of the evaluation; their threshold is on the scale of the scores.</param>
/// <param name="Pictures">The images with their predictions.</param>
internal sealed record EvaluatedSubject(
    string Name,
    EvaluationSettings Settings,
    double Threshold,
    BoxEvaluationOptions Options,
    IReadOnlyList<EvaluatedPicture> Pictures)
{
    /// <summary>
    /// The score that people are shown, such as the probability of a logit. Default: the score itself.
    /// </summary>
    public Func<double, double> ShownScore { get; init; } = score => score;

    /// <summary>The figures.</summary>
    public BoxEvaluation Evaluation { get; init; } = new BoxEvaluator(Options).Evaluate(Pictures);

    /// <summary>How accurate the landmarks are, one result per band; empty if either side has none.</summary>
    public IReadOnlyList<LandmarkResult> Landmarks { get; } =
        Pictures.Any(picture => picture.Predictions.Any(box => box.Landmarks is not null))
        && Pictures.Any(picture => picture.Faces.Any(face => face.Landmarks is not null))
            ? LandmarkEvaluator.Evaluate(Pictures, Options) : [];

    /// <summary>Faces that the default masks of <c>faceloupe blur</c> over these boxes would hide.</summary>
    public MaskEvaluation Masks { get; } = new MaskEvaluator().Evaluate(Pictures);
}
