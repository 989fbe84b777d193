using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Detectors;

/// <summary>Public face detectors as pseudo-labellers of canvases for MB-FCN.</summary>
internal sealed record CanvasDetectorOptions
{
    private const string OneOrMore =
        "must name one or more face detectors (ONNX); drop detectors to train without any";

    /// <summary>Their ONNX files, one or more, of the families that <c>label</c> takes.</summary>
    [MinLength(1, ErrorMessage = OneOrMore), NotBlank(ErrorMessage = OneOrMore)]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Enlargement of the canvas for them, from 0.25 to 4. Default 2.</summary>
    [Range(0.25, 4)]
    public float Scale { get; init; } = 2;

    /// <summary>
    /// Label of an annotated face that none of them finds, from 0 to 1; a face that they find gets a higher one, by
    /// their score. Default 0.6.
    /// </summary>
    [Range(0.0, 1.0)]
    public float UnseenFace { get; init; } = 0.6f;
}
