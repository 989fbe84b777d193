using System.Globalization;
using System.Text.Json;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Paper.Datasets;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Paper;

/// <summary>The arguments of <c>faceloupe-train paper</c>.</summary>
internal sealed record PaperCall
{
    /// <summary>Folder of WIDER FACE.</summary>
    public required string Wider { get; init; }

    /// <summary>Folder of all results.</summary>
    public required string Out { get; init; }

    /// <summary>The preset.</summary>
    public required string Config { get; init; }

    /// <summary>Share of the preset's steps and images; 1: all.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Overrides of the preset, applied after those of the scale.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Seeds of the tables, as for <c>ablate --seeds</c>; null: the preset's.</summary>
    public string? Seeds { get; init; }

    /// <summary>Folder of ImageNet weights; null: downloaded when needed.</summary>
    public string? Pretrained { get; init; }

    /// <summary>Folder of published curves of WIDER FACE, for Figure 7; null: none.</summary>
    public string? Curves { get; init; }

    /// <summary>Folder of FDDB, for Figure 9; null: none.</summary>
    public string? Fddb { get; init; }

    /// <summary>Folder of published curves of FDDB, for Figure 9; null: none.</summary>
    public string? FddbCurves { get; init; }

    /// <summary>Device to train on.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the networks; 0: all cores.</summary>
    public int Threads { get; init; }

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
        .. Set,
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
            .. WiderFaceParts.HasTruth(Wider) ? (string[])["--wider", Wider] : [],
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
