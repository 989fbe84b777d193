using System.ComponentModel.DataAnnotations;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Workspace;

/// <summary>Options of <c>faceloupe-train ablate</c> beyond those of the training that it varies.</summary>
internal sealed record AblationOptions : IValidatableObject
{
    /// <summary>What stands for a row's context factor, such as 2.0, in gan.startFrom.</summary>
    public const string ContextInPath = "{context}";

    /// <summary>
    /// Where every row is measured; empty (the default): the folders of validationData that show faces.
    /// </summary>
    public IReadOnlyList<ValidationSetOptions> Validation { get; init; } = [];

    /// <summary>Most images of a validation folder, spread evenly over it; 0 (the default): all.</summary>
    [Range(0, int.MaxValue)]
    public int MaxPictures { get; init; }

    /// <summary>
    /// Folder of WIDER FACE with the validation images (WIDER_val/images) and the official ground truth
    /// (wider_{face,easy,medium,hard}_val.mat, there or in eval_tools/ground_truth); null (the default): none.
    /// </summary>
    public string? Wider { get; init; }

    /// <summary>Seeds of stage 2; empty (the default): the preset's seed alone.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>
    /// Folder of a finished training whose stage 1 is taken; null (the default): each table trains its own.
    /// </summary>
    public string? ProposalsRun { get; init; }

    /// <summary>
    /// Context factor of Table 2. The paper's last row of Table 2 is Table 3's X1.0: its losses and branches were
    /// compared without context. Null: regions.contextFactor as it stands. Default 1.
    /// </summary>
    [Range(1.0, 8.0)]
    public float? Table2ContextFactor { get; init; } = 1;

    /// <summary>Steps that the weaker baselines train; null (the default): a quarter of proposals.steps.</summary>
    [Range(1.0, double.MaxValue)]
    public long? WeakerSteps { get; init; }

    /// <summary>
    /// Measure every row twice: as it is exported, and with D's output alone, as the paper decides. Default false.
    /// </summary>
    public bool DiscriminatorAlone { get; init; }

    /// <summary>What the detector behind the recorded boxes of the validation folders is called in the table.</summary>
    public string RecordedName { get; init; } = "another detector";

    /// <summary>
    /// Boxes of the same detector on the images of data and validationData, which the rows of recorded boxes mine as
    /// the paper's weaker detector does; null (the default): they are refined by the stage 2 of the preset's MB-FCN.
    /// </summary>
    public string? RecordedMining { get; init; }

    /// <summary>
    /// Boxes of the same detector on the validation images of <see cref="Wider"/>, a folder in the layout of
    /// submissions; null (the default): the rows of recorded boxes are not measured there.
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

/// <summary>An annotated folder that rows are measured on.</summary>
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

    /// <summary>
    /// Boxes of another detector on these images, for the table of baselines: a file or a folder; null: none.
    /// </summary>
    public string? Recorded { get; init; }

    /// <summary>The name that tables use.</summary>
    public string ShownName => Name.Length > 0 ? Name : NameOf(Folder ?? Images ?? "");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder is null ? Annotations is null || Images is null : Annotations is not null || Images is not null)
        {
            yield return new("wanted either folder, or annotations together with images");
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
