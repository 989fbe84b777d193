using System.Globalization;
using System.Text.Json;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>The paper's tables as changes of a preset; docs/ablations.md explains each row.</summary>
internal static class AblationTables
{
    private const string NoBranch = "losses.regressionBranch=false";
    private static readonly double[] Factors = [1, 1.5, 2, 3, 4];

    public static IReadOnlyList<string> Names { get; } = ["table2", "table3", "baselines"];

    /// <summary>The table with this name.</summary>
    /// <exception cref="FaceLoupeException">There is no such table.</exception>
    public static AblationTable Of(string name, TrainingConfig preset) => name switch
    {
        "table2" => Table2(preset),
        "table3" => Table3(preset),
        "baselines" => Baselines(preset),
        _ => throw new FaceLoupeException($"There is no table '{name}'; the tables are {string.Join(", ", Names)}."),
    };

    // Rows 2 to 5 have no regression: the paper's row 5 is the method before its extension, rows 2 to 4 each lack a
    // part of it. Rows 6 to 8 are the extended method.
    private static AblationTable Table2(TrainingConfig preset)
    {
        var context = preset.Ablation.Table2ContextFactor is { } factor
            ? ContextFactor(preset, factor) : StartOf(preset, preset.Regions.ContextFactor);
        return new AblationTable("table2", "Table 2: what each part of the method brings",
        [
            Baseline(new(0.932, 0.922, 0.858)) with { ComparedWith = "ours", Part = "generator and discriminator" },
            new("without-refinement", "w/o refinement network", new(0.940, 0.929, 0.863),
                [.. context, NoBranch, "generatorNetwork.refinement=false"])
                { ComparedWith = "ours", Part = "refinement network" },
            new("without-adversarial-loss", "w/o adv loss", new(0.935, 0.925, 0.867),
                [.. context, NoBranch, "losses.adversarialInGenerator=false"])
                { ComparedWith = "ours", Part = "adversarial loss" },
            new("without-classification-loss", "w/o cls loss", new(0.936, 0.927, 0.865),
                [.. context, NoBranch, "losses.classificationInGenerator=false"])
                { ComparedWith = "ours", Part = "classification loss" },
            new("ours", "Ours (baseline + MSE + adv + cls loss)", new(0.944, 0.933, 0.873), [.. context, NoBranch])
                { ComparedWith = "all", Part = "regression branch and loss" },
            new("ours-vgg16", "Ours with VGG16 in D, from scratch", new(0.944, 0.933, 0.873),
                [.. context, NoBranch, .. Vgg(preset)])
                { ComparedWith = "without-regression-branch", Part = "ResNet-50 instead of VGG16 in D" },
            new("without-regression-branch", "w/o reg+ branch", new(0.946, 0.936, 0.876), [.. context, NoBranch])
                { ComparedWith = "all", Part = "regression branch" },
            new("without-regression-loss", "w/o reg loss", new(0.949, 0.940, 0.880),
                [.. context, "losses.regressionInGenerator=false"])
                { ComparedWith = "all", Part = "regression loss in the generator" },
            new("all", "Ours* (ours + reg+ branch + reg loss)", new(0.951, 0.943, 0.882), context),
        ]);
    }

    // As wide as the preset's trunk. No gan.startFrom: there is no trained D with a VGG.
    private static string[] Vgg(TrainingConfig preset) =>
    [
        FormattableString.Invariant($"discriminatorNetwork.vgg.width={preset.DiscriminatorNetwork.Trunk.Width}"),
        .. preset.Gan.TrunkFromProposals ? (string[])["gan.trunkFromProposals=false"] : [],
        .. preset.Gan.StartFrom is null ? (string[])[] : ["gan.startFrom=null", "gan.keepGenerator=false"],
    ];

    private static AblationTable Table3(TrainingConfig preset)
    {
        PaperFigures[] paper =
        [
            new(0.951, 0.943, 0.882), new(0.953, 0.944, 0.886), new(0.955, 0.946, 0.889), new(0.960, 0.949, 0.872),
            new(0.936, 0.925, 0.814),
        ];
        return new AblationTable("table3", "Table 3 and Figure 6: how much context",
        [
            Baseline(new(0.932, 0.922, 0.858)),
            .. Factors.Zip(paper, (factor, figures) => new AblationRow(
                FormattableString.Invariant($"x{factor:0.0}"),
                FormattableString.Invariant($"X{factor:0.0}"), figures, ContextFactor(preset, factor))
            {
                ContextFactor = factor,
                ComparedWith = factor == 1 ? "x2.0" : null,
                Part = factor == 1 ? "context X2.0 instead of X1.0" : null,
            }),
            new("by-size", "X1.5 to X3.0 by size", null,
                [
                    "regions.contextFactor=1.5", "regions.contextBySize.from=12", "regions.contextBySize.to=48",
                    "regions.contextBySize.factor=3", .. StartOf(preset, preset.Regions.ContextFactor),
                ]),
        ]);
    }

    private static AblationTable Baselines(TrainingConfig preset)
    {
        var steps = preset.Ablation.WeakerSteps ?? Math.Max(1, preset.Proposals.Steps / 4);
        string[] fewer =
            ["ablation.proposalsRun=null", FormattableString.Invariant($"proposals.steps={steps}")];
        string[] single = [.. fewer, OneBranch(preset)];
        PaperFigures strongAlone = new(0.932, 0.922, 0.858), strong = new(0.955, 0.946, 0.889);
        PaperFigures weakAlone = new(0.919, 0.908, 0.823), weak = new(0.953, 0.945, 0.888);
        var rows = new List<AblationRow>();
        Add("strong", "the preset's MB-FCN", strongAlone, strong, false, []);
        Add("fewer-steps", FormattableString.Invariant($"MB-FCN after {steps} steps"), weakAlone, weak, false, fewer);
        Add("one-branch", FormattableString.Invariant($"MB-FCN with one branch after {steps} steps"),
            weakAlone, weak, false, single);
        if (preset.Ablation.WiderRecorded is not null
            || preset.Ablation.Validation.Any(set => set.Recorded is not null))
        {
            Add("recorded", preset.Ablation.RecordedName, weakAlone, weak, true, Mining(preset.Ablation));
        }

        return new AblationTable("baselines", "How sensitive is the method to its baseline detector?", rows);

        void Add(string name, string label, PaperFigures alone, PaperFigures refined, bool recorded, string[] overrides)
        {
            rows.Add(new AblationRow($"{name}-alone", $"{label}, alone", alone, overrides)
            {
                Stages = DetectionStages.ProposalsOnly, Recorded = recorded, ComparedWith = name,
                Part = $"refinement of {label}",
            });
            rows.Add(new AblationRow(
                name, $"{label}, refined", refined, [.. overrides, .. StartOf(preset, preset.Regions.ContextFactor)])
                { Recorded = recorded });
        }
    }

    private static string[] Mining(AblationOptions options) => options.RecordedMining is not { } path ? [] :
    [
        "mine.wholePictures=true", "mine.search=plan", $"mine.recorded={JsonSerializer.Serialize(path)}",
        $"mine.recordedScores={(options.RecordedScores == RecordedScores.Logit ? "logit" : "probability")}",
    ];

    // One branch at the middle stride with the anchors of all: it still covers every face size, at one stride.
    private static string OneBranch(TrainingConfig preset)
    {
        var branches = preset.ProposalNetwork.Branches.OrderBy(branch => branch.Stride).ToArray();
        var one = new[]
        {
            new
            {
                stride = branches[branches.Length / 2].Stride,
                anchorSizes = branches.SelectMany(branch => branch.AnchorSizes).Order().ToArray(),
            },
        };
        return $"proposalNetwork.branches={JsonSerializer.Serialize(one)}";
    }

    private static AblationRow Baseline(PaperFigures paper) =>
        new("baseline", "Baseline (MB-FCN)", paper) { Stages = DetectionStages.ProposalsOnly };

    // One factor for all sizes, even where the preset sets it by size. gan.startFrom is a run with the same factor.
    private static string[] ContextFactor(TrainingConfig preset, double factor)
    {
        var one = FormattableString.Invariant($"regions.contextFactor={factor}");
        return
        [
            one,
            .. preset.Regions.ContextBySize is null ? (string[])[] : ["regions.contextBySize=null"],
            .. StartOf(preset, factor),
        ];
    }

    // Fills in the context factor of gan.startFrom.
    private static string[] StartOf(TrainingConfig preset, double factor)
    {
        if (preset.Gan.StartFrom?.Contains(AblationOptions.ContextInPath, StringComparison.Ordinal) != true)
        {
            return [];
        }

        var named = factor.ToString("0.0", CultureInfo.InvariantCulture);
        var start = preset.Gan.StartFrom.Replace(AblationOptions.ContextInPath, named, StringComparison.Ordinal);
        return [$"gan.startFrom={JsonSerializer.Serialize(start)}"];
    }
}
