namespace FaceLoupe.Training.Ablations;

/// <summary>The arguments of <c>faceloupe-train ablate</c>.</summary>
internal sealed record AblationCall
{
    /// <summary>Name of the table.</summary>
    public required string Table { get; init; }

    /// <summary>Options file; null: the defaults.</summary>
    public string? Config { get; init; }

    /// <summary>Overrides of the preset; those of a row come after them.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Folder of all results and of the stages that rows share.</summary>
    public required string Root { get; init; }

    /// <summary>Rows to work on; empty: all.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>"3" for three seeds from the preset's on, "1,5" for these two; null: as the preset says.</summary>
    public string? Seeds { get; init; }

    /// <summary>Folder of ImageNet weights; null: downloaded when needed.</summary>
    public string? Pretrained { get; init; }

    /// <summary>Device to train on: cpu, cuda or cuda:N. Evaluation runs on the CPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the evaluation; 0: one per core.</summary>
    public int Threads { get; init; }
}
