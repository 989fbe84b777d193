using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Datasets;
using FaceLoupe.Proposals;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>One folder of training images.</summary>
internal sealed record SourceOptions : IValidatableObject
{
    private const string OneOrMore =
        "must name one or more categories of the annotations or be left out";

    /// <summary>
    /// A folder with images/ and bbx_gt.txt, or WIDER FACE as downloaded; relative to the working folder. With
    /// <see cref="Background"/>, any folder of images.
    /// </summary>
    [NotBlank(ErrorMessage = "must name a folder of images")]
    public string Folder { get; init; } = "";

    /// <summary>
    /// An annotation file instead of the folder's own: COCO if it ends in .json, otherwise the text of WIDER FACE;
    /// relative to the working folder. Its images are in <see cref="Folder"/> or in <c>images/</c> there. By default
    /// the folder's own file.
    /// </summary>
    [NotBlank(ErrorMessage = "must name a file or be left out")]
    public string? Annotations { get; init; }

    /// <summary>
    /// Names of the categories of a COCO file to find, as one kind of object; other categories are background. Null
    /// (the default): <c>face</c> if the file has it, otherwise all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1, ErrorMessage = OneOrMore), NotBlank(ErrorMessage = OneOrMore)]
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Relative frequency of the folder. Default 1.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1;

    /// <summary>The images show no people and need no annotations; existing ones are places to ignore.</summary>
    public bool Background { get; init; }

    /// <summary>Annotations are incomplete, which limits hard negatives.</summary>
    public bool UnlabelledFacesLikely { get; init; }

    /// <summary>
    /// What a detector finds on these images, a folder or file that <c>faceloupe detect --format wider</c> wrote: where
    /// it errs, <see cref="Layout.CanvasOptions.MistakeWeight"/> draws canvases. Not for images with faces that are
    /// neither annotated nor seen by other detectors. Relative to the working folder. Default none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [NotBlank(ErrorMessage = "must name a folder or be left out")]
    public string? Detections { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Categories is not null && (Annotations is null || !AnnotationFile.IsCoco(Annotations)))
        {
            yield return new("categories need annotations in COCO's format, a file in .json");
        }
    }

    /// <summary>Reads the annotations and detections (not the images).</summary>
    /// <exception cref="FaceLoupeException">One of them is missing or malformed.</exception>
    public CanvasSource Open()
    {
        var folder = OpenFolder();
        return new(folder, Weight, UnlabelledFacesLikely)
        {
            Mistakes = Detections is null
                ? [] : Mistake.Find(folder.Pictures, RecordedProposals.Open(Detections, RecordedScores.Logit)),
        };
    }

    /// <summary>Reads the annotations alone.</summary>
    /// <exception cref="FaceLoupeException">The folder or its annotations are missing or malformed.</exception>
    public AnnotatedFolder OpenFolder()
    {
        if (Annotations is null)
        {
            return Background ? AnnotatedFolder.OpenWithoutFaces(Folder) : WiderFaceDataset.Open(Folder);
        }

        var images = Path.Combine(Folder, "images");
        var folder = AnnotationFile.Read(Annotations, Directory.Exists(images) ? images : Folder, Categories);
        return Background
            && folder.Pictures.FirstOrDefault(picture => picture.Faces.Any(face => !face.Invalid)) is { } odd
            ? throw new FaceLoupeException(
                $"{Annotations}: {odd.Name} has a face, but {Folder} is background; flag its boxes invalid or leave "
                    + "background out.")
            : folder;
    }
}
