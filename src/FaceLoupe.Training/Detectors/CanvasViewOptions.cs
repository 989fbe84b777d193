using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Detectors;

/// <summary>One look of a public face detector at a canvas.</summary>
internal sealed record CanvasViewOptions
{
    /// <summary>Its ONNX file, of the families that <c>label</c> takes.</summary>
    [NotBlank(ErrorMessage = "must name a face detector (ONNX)")]
    public string File { get; init; } = "";

    /// <summary>
    /// Enlargement of the canvas, or of what it was before its own enlargement, from 0.25 to 4. Default 2.
    /// </summary>
    [Range(0.25, 4)]
    public float Scale { get; init; } = 2;

    /// <summary>Whether it sees the canvas mirrored, left and right exchanged. Default false.</summary>
    public bool Mirrored { get; init; }
}
