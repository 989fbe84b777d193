namespace FaceLoupe.Training.Paper.Figures;

/// <summary>The arguments of <c>faceloupe-train figures</c>.</summary>
internal sealed record FigureCall
{
    /// <summary>Folder of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Folder of WIDER FACE.</summary>
    public required string Wider { get; init; }

    /// <summary>Folder of all figures.</summary>
    public required string Out { get; init; }

    /// <summary>A model without regression and context, for Figure 1; null: none.</summary>
    public string? Earlier { get; init; }

    /// <summary>Folder of published curves of WIDER FACE, wider_pr_info_*_val.mat; null: none.</summary>
    public string? Curves { get; init; }

    /// <summary>Folder of FDDB, its images and FDDB-folds; null: none.</summary>
    public string? Fddb { get; init; }

    /// <summary>Folder of published curves of FDDB, *DiscROC.txt; null: none.</summary>
    public string? FddbCurves { get; init; }

    /// <summary>Maximum number of images per set, spread evenly; 0: all.</summary>
    public int MaxPictures { get; init; }

    /// <summary>Threads of the networks; 0: all cores.</summary>
    public int Threads { get; init; }
}
