namespace FaceLoupe.Evaluation;

/// <summary>What became of one prediction.</summary>
/// <param name="Prediction">Its index in the image's predictions.</param>
/// <param name="Score">Its score.</param>
/// <param name="LongerSide">Its own longer side, in pixels.</param>
/// <param name="Face">Index of the face it overlaps best and well enough; -1: none.</param>
/// <param name="IsFirst">Whether it is the best-scored prediction on that face; later ones are duplicates.</param>
/// <param name="Overlap">IoU with that face, from 0 to 1; 0 if there is none.</param>
internal readonly record struct PredictionMatch(
    int Prediction, double Score, float LongerSide, int Face, bool IsFirst, float Overlap);
