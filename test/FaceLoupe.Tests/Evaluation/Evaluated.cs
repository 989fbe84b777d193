using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Evaluation;

/// <summary>Short forms for hand-made cases.</summary>
internal static class Evaluated
{
    public static FaceAnnotation Face(float x, float y, float width, float height, bool invalid = false) =>
        new(new Box(x, y, width, height), invalid);

    public static ScoredBox Box(float x, float y, float width, float height, double score) =>
        new(new Box(x, y, width, height), score);

    public static EvaluatedPicture Picture(IReadOnlyList<FaceAnnotation> faces, params ScoredBox[] predictions) =>
        new("image", faces, predictions);

    public static BoxEvaluation Evaluate(params EvaluatedPicture[] pictures) => new BoxEvaluator().Evaluate(pictures);
}
