using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>A face that a teacher claims.</summary>
/// <param name="Teacher">Index of the teacher.</param>
/// <param name="Box">Where, in pixels of the image.</param>
/// <param name="Confidence">Confidence, on the scale of <see cref="DetectorFormat.Confidence"/>.</param>
internal readonly record struct DetectorBox(int Teacher, Box Box, float Confidence)
{
    /// <summary>Its landmarks, in pixels of the image; null: it tells none.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
