using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Detectors;

/// <summary>Public face detectors that teach MB-FCN by what they see on every canvas.</summary>
internal sealed record CanvasDetectorOptions
{
    private const string OneOrMore =
        "must name one or more face detectors (ONNX); drop detectors to train without any";

    /// <summary>Their ONNX files, one or more, of the families that <c>label</c> takes.</summary>
    [MinLength(1, ErrorMessage = OneOrMore), NotBlank(ErrorMessage = OneOrMore)]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How much larger than the canvas they see it, from 0.25 to 4. Default 2.</summary>
    [Range(0.25, 4)]
    public float Scale { get; init; } = 2;

    /// <summary>
    /// What an annotated face that none of them sees should say, from 0 to 1; one that they see says more, by their
    /// score. Default 0.6.
    /// </summary>
    [Range(0.0, 1.0)]
    public float UnseenFace { get; init; } = 0.6f;
}
