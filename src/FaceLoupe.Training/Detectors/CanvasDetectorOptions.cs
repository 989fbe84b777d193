using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Detectors;

/// <summary>Public face detectors as pseudo-labellers of canvases for MB-FCN.</summary>
internal sealed record CanvasDetectorOptions : IValidatableObject
{
    /// <summary>Their ONNX files, of the families that <c>label</c> takes; each looks once. Default none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Enlargement of the canvas for <see cref="Files"/>, from 0.25 to 4. Default 2.</summary>
    [Range(0.25, 4)]
    public float Scale { get; init; } = 2;

    /// <summary>
    /// More looks, each with a scale of its own. YuNet at two and three times the size, both also mirrored, is far
    /// better than once (decision 30). Default none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CanvasViewOptions>? Views { get; init; }

    /// <summary>
    /// Label of an annotated face that none of them finds, from 0 to 1; a face that they find gets a higher one, by
    /// their score. Default 0.6.
    /// </summary>
    [Range(0.0, 1.0)]
    public float UnseenFace { get; init; } = 0.6f;

    /// <summary>All looks, those of <see cref="Files"/> first.</summary>
    [JsonIgnore]
    public IEnumerable<CanvasViewOptions> Looks =>
        Files.Select(file => new CanvasViewOptions { File = file, Scale = Scale }).Concat(Views ?? []);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Files.Any(string.IsNullOrWhiteSpace) || !Looks.Any())
        {
            yield return new(
                "files must name one or more face detectors (ONNX), or views; drop detectors to train without any");
        }
    }
}
