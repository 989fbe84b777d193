using System.Globalization;
using System.Text;
using FaceLoupe.Geometry;

namespace FaceLoupe.Datasets;

/// <summary>One face marked by a person, with the attributes of WIDER FACE (all 0 if a data set has none).</summary>
/// <param name="Box">The face in pixels of its image, kept as it was marked: it may reach beyond the border.</param>
/// <param name="Invalid">
/// True for a face that its annotator could not assess: neither positive nor background in training.
/// </param>
/// <param name="Blur">0 clear, 1 normal blur, 2 heavy blur.</param>
/// <param name="Expression">0 typical, 1 exaggerated.</param>
/// <param name="Illumination">0 normal, 1 extreme.</param>
/// <param name="Occlusion">0 none, 1 partial, 2 heavy.</param>
/// <param name="Pose">0 typical, 1 atypical.</param>
public sealed record FaceAnnotation(
    Box Box,
    bool Invalid = false,
    int Blur = 0,
    int Expression = 0,
    int Illumination = 0,
    int Occlusion = 0,
    int Pose = 0)
{
    /// <summary>Eyes, nose and corners of the mouth, in pixels of the image; null: not known.</summary>
    public FaceLandmarks? Landmarks { get; init; }

    // The text of a face without landmarks stays as it was before there were any: it is part of the identity of
    // trainings.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.CurrentCulture, $"Box = {Box}, Invalid = {Invalid}, Blur = {Blur}, ")
            .Append(CultureInfo.CurrentCulture, $"Expression = {Expression}, Illumination = {Illumination}, ")
            .Append(CultureInfo.CurrentCulture, $"Occlusion = {Occlusion}, Pose = {Pose}");
        if (Landmarks is not null)
        {
            text.Append(CultureInfo.CurrentCulture, $", Landmarks = {Landmarks}");
        }

        return true;
    }
}
