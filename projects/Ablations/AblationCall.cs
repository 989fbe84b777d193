namespace FaceLoupe.Training.Ablations;

/// <summary>What a call of <c>faceloupe-train ablate</c> asks for.</summary>
internal sealed record AblationCall
{
    /// <summary>Name of the table.</summary>
    public required string Table { get; init; }

    /// <summary>Options file; null: the defaults.</summary>
    public string? Config { get; init; }

    /// <summary>Overrides of the preset; those of a row come after them.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Folder of all results and of what rows share.</summary>
    public required string Root { get; init; }

    /// <summary>Rows to work on; empty: all.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>"3" for three seeds from the preset's on, "1,5" for these two; null: as the preset says.</summary>
    public string? Seeds { get; init; }

    /// <summary>Folder of ImageNet weights; null: fetched where they are wanted.</summary>
    public string? Pretrained { get; init; }

    /// <summary>Where rows are trained: cpu, cuda or cuda:N; they are measured on the processor.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads for measuring; 0: one per core.</summary>
    public int Threads { get; init; }
}
