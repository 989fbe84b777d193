using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>A face as one detector reports it.</summary>
/// <param name="Detector">Index of the detector.</param>
/// <param name="Box">Where, in pixels of the image.</param>
/// <param name="Confidence">Confidence, on the scale of <see cref="DetectorFormat.Confidence"/>.</param>
internal readonly record struct DetectorBox(int Detector, Box Box, float Confidence)
{
    /// <summary>Its landmarks, in pixels of the image; null: it predicts none.</summary>
    public FaceLandmarks? Landmarks { get; init; }
}
