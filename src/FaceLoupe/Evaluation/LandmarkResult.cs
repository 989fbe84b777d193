namespace FaceLoupe.Evaluation;

/// <summary>The landmark errors of a size band.</summary>
/// <param name="Band">The band.</param>
/// <param name="Faces">Faces of it whose landmarks are annotated.</param>
/// <param name="Found">Those matched by a prediction with landmarks.</param>
/// <param name="MeanError">
/// Normalised mean error of these: the mean distance of the five points over the root of the annotated box's area; null
/// where none was found.
/// </param>
/// <param name="Failures">
/// Share of these with an error above <see cref="LandmarkEvaluator.Failed"/>; null as above.
/// </param>
public sealed record LandmarkResult(SizeBand Band, int Faces, int Found, double? MeanError, double? Failures);
