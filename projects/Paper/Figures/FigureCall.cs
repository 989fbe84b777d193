namespace FaceLoupe.Training.Paper.Figures;

/// <summary>The arguments of <c>faceloupe-train figures</c>.</summary>
/// <param name="Model">Folder of the model.</param>
/// <param name="Wider">Folder of WIDER FACE.</param>
/// <param name="Out">Folder of all figures.</param>
/// <param name="Earlier">A model without regression and context, for Figure 1; null: none.</param>
/// <param name="Curves">Folder of published curves of WIDER FACE, wider_pr_info_*_val.mat; null: none.</param>
/// <param name="Fddb">Folder of FDDB, its images and FDDB-folds; null: none.</param>
/// <param name="FddbCurves">Folder of published curves of FDDB, *DiscROC.txt; null: none.</param>
/// <param name="MaxPictures">Maximum number of images per set, spread evenly; 0: all.</param>
/// <param name="Threads">Threads of the networks; 0: all cores.</param>
internal sealed record FigureCall(
    string Model, string Wider, string Out, string? Earlier, string? Curves, string? Fddb, string? FddbCurves,
    int MaxPictures, int Threads);
