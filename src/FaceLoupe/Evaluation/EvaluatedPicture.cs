using FaceLoupe.Datasets;
using FaceLoupe.Predictions;

namespace FaceLoupe.Evaluation;

/// <summary>The annotated faces and the predictions of one image.</summary>
/// <param name="Name">The image's name, for messages.</param>
/// <param name="Faces">
/// Ground truth; faces flagged invalid are ignored: matching one is neither right nor wrong.
/// </param>
/// <param name="Predictions">The detector's boxes, in any order.</param>
public sealed record EvaluatedPicture(
    string Name, IReadOnlyList<FaceAnnotation> Faces, IReadOnlyList<ScoredBox> Predictions);
