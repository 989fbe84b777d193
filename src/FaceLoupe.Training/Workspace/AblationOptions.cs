using System.ComponentModel.DataAnnotations;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Workspace;

/// <summary>Options of <c>faceloupe-train ablate</c>.</summary>
internal sealed record AblationOptions : IValidatableObject
{
    /// <summary>Placeholder for a row's context factor, such as 2.0, in gan.startFrom.</summary>
    public const string ContextInPath = "{context}";

    /// <summary>Folders to evaluate on; empty (the default): those of validationData with faces.</summary>
    public IReadOnlyList<ValidationSetOptions> Validation { get; init; } = [];

    /// <summary>Maximum number of images per folder, spread evenly; 0 (the default): all.</summary>
    [Range(0, int.MaxValue)]
    public int MaxPictures { get; init; }

    /// <summary>
    /// Folder of WIDER FACE with the validation images (WIDER_val/images) and the official ground truth
    /// (wider_{face,easy,medium,hard}_val.mat, there or in eval_tools/ground_truth); null (the default): none.
    /// </summary>
    public string? Wider { get; init; }

    /// <summary>Seeds of stage 2; empty (the default): the preset's seed alone.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>Folder of a finished training whose stage 1 is used; null (the default): trains one.</summary>
    public string? ProposalsRun { get; init; }

    /// <summary>
    /// Context factor of Table 2. The paper's last row of Table 2 is Table 3's X1.0, without context. Null:
    /// regions.contextFactor. Default 1.
    /// </summary>
    [Range(1.0, 8.0)]
    public float? Table2ContextFactor { get; init; } = 1;

    /// <summary>Steps that the weaker baselines train; null (the default): a quarter of proposals.steps.</summary>
    [Range(1.0, double.MaxValue)]
    public long? WeakerSteps { get; init; }

    /// <summary>Also evaluate every row with D's output alone, as in the paper. Default false.</summary>
    public bool DiscriminatorAlone { get; init; }

    /// <summary>Name of the detector of the recorded boxes in the table.</summary>
    public string RecordedName { get; init; } = "another detector";

    /// <summary>
    /// Boxes of the same detector on the images of data and validationData, from which the rows of recorded boxes mine,
    /// as with the paper's weaker detector; null (the default): these rows use the preset's stage 2.
    /// </summary>
    public string? RecordedMining { get; init; }

    /// <summary>
    /// Boxes of the same detector on the validation images of <see cref="Wider"/>, a folder in the layout of
    /// submissions; null (the default): the rows of recorded boxes are not evaluated there.
    /// </summary>
    public string? WiderRecorded { get; init; }

    /// <summary>What the scores of the recorded boxes are. Default: probabilities.</summary>
    public RecordedScores RecordedScores { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Seeds.Distinct().Count() < Seeds.Count)
        {
            yield return new("seeds must differ");
        }

        if (Validation.Select(set => set.ShownName).GroupBy(name => name)
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            yield return new($"validation: two folders are called '{twice.Key}'; give them different names");
        }
    }
}

/// <summary>An annotated folder for the evaluation of rows.</summary>
internal sealed record ValidationSetOptions : IValidatableObject
{
    /// <summary>Name in the tables; empty: the name of the folder.</summary>
    public string Name { get; init; } = "";

    /// <summary>A folder with images/ and bbx_gt.txt, or WIDER FACE as downloaded.</summary>
    public string? Folder { get; init; }

    /// <summary>Instead of a folder: the annotation file ...</summary>
    public string? Annotations { get; init; }

    /// <summary>... and the folder of its images.</summary>
    public string? Images { get; init; }

    /// <summary>Recorded boxes of another detector on these images, a file or a folder; null: none.</summary>
    public string? Recorded { get; init; }

    /// <summary>Its name in tables.</summary>
    public string ShownName => Name.Length > 0 ? Name : NameOf(Folder ?? Images ?? "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder is null ? Annotations is null || Images is null : Annotations is not null || Images is not null)
        {
            yield return new("give either folder, or annotations together with images");
        }
    }

    /// <summary>The last two parts of a path: "groups/val" for "../data/groups/val".</summary>
    public static string NameOf(string folder)
    {
        var parts = folder.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("." or "..")).ToArray();
        return string.Join('/', parts is [.., "images"] ? parts.SkipLast(1).TakeLast(2) : parts.TakeLast(2));
    }
}
