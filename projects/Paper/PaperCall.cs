using System.Globalization;
using System.Text.Json;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Paper;

/// <summary>The arguments of <c>faceloupe-train paper</c>.</summary>
/// <param name="Wider">Folder of WIDER FACE.</param>
/// <param name="Out">Folder of all results.</param>
/// <param name="Config">The preset.</param>
/// <param name="Scale">Share of the preset's steps and images; 1: all.</param>
/// <param name="Set">Overrides of the preset, applied after those of the scale; null: none.</param>
/// <param name="Seeds">Seeds of the tables, as for <c>ablate --seeds</c>; null: the preset's.</param>
/// <param name="Pretrained">Folder of ImageNet weights; null: downloaded when needed.</param>
/// <param name="Curves">Folder of published curves of WIDER FACE, for Figure 7; null: none.</param>
/// <param name="Fddb">Folder of FDDB, for Figure 9; null: none.</param>
/// <param name="FddbCurves">Folder of published curves of FDDB, for Figure 9; null: none.</param>
/// <param name="Device">Device to train on.</param>
/// <param name="Threads">Threads of the networks; 0: all cores.</param>
internal sealed record PaperCall(
    string Wider, string Out, string Config, double Scale = 1, IReadOnlyList<string>? Set = null, string? Seeds = null,
    string? Pretrained = null, string? Curves = null, string? Fddb = null, string? FddbCurves = null,
    string Device = "cpu", int Threads = 0)
{
    /// <summary>The preset with all overrides, written before the first step and read by every step.</summary>
    public string Preset => Path.Combine(Out, "preset.json");

    /// <summary>Folder of the training.</summary>
    public string Run => Path.Combine(Out, "run");

    /// <summary>Folder of the exported model.</summary>
    public string Model => Path.Combine(Out, "model");

    /// <summary>Folder of the tables.</summary>
    public string Tables => Path.Combine(Out, "tables");

    /// <summary>Folder of the figures.</summary>
    public string Figures => Path.Combine(Out, "figures");

    /// <summary>Maximum number of images per set for figures; 0: all.</summary>
    public int MaxPictures => Scale == 1 ? 0 : (int)PaperScale.Pictures(Scale);

    /// <summary>All overrides of the preset.</summary>
    public IReadOnlyList<string> Overrides() =>
    [
        $"data={Source("WIDER_train")}",
        $"validationData={Source("WIDER_val")}",
        .. PaperScale.Overrides(Scale, ConfigFile.Load<TrainingConfig>(Config, [])),
        .. Set ?? [],
    ];

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<PaperStep> Steps()
    {
        string[] threads = Threads > 0 ? ["--threads", Threads.ToString(CultureInfo.InvariantCulture)] : [];
        string[] pretrained = Pretrained is { } folder ? ["--pretrained", folder] : [];
        string[] train = ["--run", Run, "--config", Preset, "--device", Device, .. threads, "--resume"];
        string[] ablate =
        [
            "--run", Tables, "--config", Preset, "--set", $"ablation.proposalsRun={Run}",
            .. WiderValidation.FindTruth(Wider) is not null ? (string[])["--wider", Wider] : [],
            .. Seeds is { } seeds ? (string[])["--seeds", seeds] : [], "--device", Device, .. threads, .. pretrained,
        ];
        string[] beside =
            [.. Given("--curves", Curves), .. Given("--fddb", Fddb), .. Given("--fddb-curves", FddbCurves)];
        string[] figures =
        [
            "--wider", Wider, "--out", Figures, "--tables", Tables,
            .. MaxPictures == 0
                ? (string[])[] : ["--max-pictures", MaxPictures.ToString(CultureInfo.InvariantCulture)],
            .. beside, .. threads,
        ];
        return
        [
            new("proposals", ["proposals", .. train, .. pretrained]),
            new("mine", ["mine", .. train], "proposals"),
            new("generator", ["generator", .. train], "mine"),
            new("gan", ["gan", .. train, .. pretrained], "generator"),
            new("export", ["export", Run, "--out", Model], "gan"),
            new("measure", ["measure", Run, "--stage", "gan", "--sheet", Path.Combine(Out, "regions.png")], "gan"),
            .. AblationTables.Names.Select(
                table => new PaperStep($"ablate {table}", ["ablate", table, .. ablate], "proposals")),
            new("figures", ["figures", Model, .. figures], "export") { Inputs = string.Join(' ', beside) },
        ];
    }

    private static string[] Given(string option, string? value) => value is null ? [] : [option, value];

    private string Source(string part) => JsonSerializer.Serialize(
        new[] { new { folder = Path.Combine(Wider, part) } });
}
