namespace FaceLoupe.Training.Ablations;

/// <summary>The arguments of <c>faceloupe-train ablate</c>.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Config">Options file; null: the defaults.</param>
/// <param name="Set">Overrides of the preset; those of a row come after them.</param>
/// <param name="Root">Folder of all results and of the stages that rows share.</param>
/// <param name="Rows">Rows to work on; empty: all.</param>
/// <param name="Seeds">"3" for three seeds from the preset's on, "1,5" for these two; null: the preset's.</param>
/// <param name="Pretrained">Folder of ImageNet weights; null: downloaded when needed.</param>
/// <param name="Device">Device to train on: cpu, cuda or cuda:N. Evaluation runs on the CPU.</param>
/// <param name="Threads">Threads of the evaluation; 0: one per core.</param>
internal sealed record AblationCall(
    string Table, string? Config, IReadOnlyList<string> Set, string Root, IReadOnlyList<string> Rows, string? Seeds,
    string? Pretrained, string Device, int Threads);
