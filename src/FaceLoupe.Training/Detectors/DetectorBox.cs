using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>A face of one detector.</summary>
/// <param name="Detector">Index of the detector.</param>
/// <param name="Box">The box, in pixels of the image.</param>
/// <param name="Confidence">Confidence, on the scale of <see cref="DetectorFormat.Confidence"/>.</param>
internal readonly record struct DetectorBox(int Detector, Box Box, float Confidence)
{
    /// <summary>Its landmarks, in pixels of the image; null: none.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
