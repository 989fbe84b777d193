using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Paper;

/// <summary>Estimated computation and storage of all steps of a call.</summary>
internal sealed class PaperWork
{
    // Weights, two moments of Adam and an average, in the two checkpoints that are kept and the one being written.
    private const int BytesOfCheckpoints = sizeof(float) * 4 * 3;
    private const int Learning = 3; // a backward pass costs twice a forward pass
    private const long Kept = 1L << 28; // contact sheets, metrics, tables

    private readonly TrainingConfig config;
    private readonly IReadOnlyList<PlannedStage> stages;

    private PaperWork(TrainingConfig config, IReadOnlyList<PlannedStage> stages, int models) =>
        (this.config, this.stages, Models) = (config, stages, models);

    /// <summary>Number of exported models, each of which is evaluated.</summary>
    public int Models { get; }

    /// <summary>Trainings of G and D.</summary>
    public int Trainings => stages.Count(stage => stage.Stage == "gan");

    /// <summary>Plans all steps.</summary>
    public static PaperWork Of(PaperCall call)
    {
        var overrides = call.Overrides();
        var config = ConfigFile.Load<TrainingConfig>(call.Config, overrides);
        var keys = new StageKeys(DataIdentity.Of(config.Data), DataIdentity.Of(config.ValidationData));
        var seeds = SeedList.Of(call.Seeds, config);
        RowPlan[] plans =
        [
            .. from table in AblationTables.Names
               from row in AblationTables.Of(table, config).Rows
               from seed in seeds
               select RowPlan.Of(
                   call.Tables, row, ConfigFile.Load<TrainingConfig>(call.Config, [.. overrides, .. row.Overrides]),
                   seed, keys),
        ];
        var whole = RowPlan.Of(call.Run, new AblationRow("run", "", null), config, config.Seed, keys);

        // Rows share equal stages; the run has its own folder.
        var shared = plans.SelectMany(plan => plan.Stages).DistinctBy(stage => stage.Key.Hash)
            .Where(stage => stage.Key.Hash != whole.Stages[0].Key.Hash);
        var models = plans.Select(plan => plan.Trained.Hash).Distinct().Count();
        return new PaperWork(config, [.. whole.Stages, .. shared], models);
    }

    /// <summary>Maximum size of all results, bytes.</summary>
    public long Bytes()
    {
        var parameters = NetworkTable.Rows(config).ToDictionary(row => row.Name, row => row.Parameters);
        var both = parameters.Where(row => row.Key != "MB-FCN").Sum(row => row.Value);
        var total = Kept + (Models * sizeof(float) * parameters.Values.Sum());
        foreach (var stage in stages)
        {
            total += stage.Stage switch
            {
                "proposals" => BytesOfCheckpoints * parameters["MB-FCN"],
                "mine" => Regions(stage.Config)
                    * RegionFormat.RecordLength(
                        stage.Config.Regions.LowResolution, stage.Config.Regions.HighResolution),
                _ => BytesOfCheckpoints * both,
            };
        }

        return total;
    }

    /// <summary>Multiply-accumulates by kind of stage; "measure" is the evaluation of every model.</summary>
    public IReadOnlyDictionary<string, double> Macs()
    {
        var costs = NetworkTable.Rows(config).ToDictionary(row => row.Name, row => (double)row.Macs);
        var (picture, discriminator) = (costs["MB-FCN"], costs["D"]);
        var generator = costs.Values.Sum() - picture - discriminator;
        var canvas = picture * config.Canvas.Size * config.Canvas.Size
            / (NetworkTable.PictureWidth * NetworkTable.PictureHeight);
        var pictures = Pictures(config.ValidationData, config.Ablation.MaxPictures);
        var ofPicture = picture + (config.Export.MaxProposals * (generator + discriminator));
        return stages.GroupBy(stage => stage.Stage)
            .ToDictionary(group => group.Key, group => group.Sum(stage => stage.Steps * OfStep(stage)))
            .Append(new("measure", Models * pictures * ofPicture))
            .ToDictionary();

        double OfStep(PlannedStage stage) => stage.Stage switch
        {
            "proposals" => stage.Config.Proposals.BatchSize * Learning * canvas,
            "mine" => picture,
            "generator" => stage.Config.Generator.BatchSize * Learning * generator,
            _ => stage.Config.Gan.BatchSize * Learning * (generator + (3 * discriminator)),
        };
    }

    /// <summary>Multiply-accumulates per second of a device, timed on a training pass of stage 1.</summary>
    public double Speed(torch.Device device)
    {
        using var scope = NewDisposeScope();
        using var network = new Networks.ProposalNetwork(config.ProposalNetwork);
        network.to(device);
        using var counter = new Networks.MacCounter();
        var canvas = zeros([1, 3, config.Canvas.Size, config.Canvas.Size], device: device);
        Pass(); // warm-up
        var before = counter.Macs;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Pass();
        return Learning * (counter.Macs - before) / clock.Elapsed.TotalSeconds;

        void Pass()
        {
            var outputs = network.forward(canvas);
            var sum = outputs.Select(output => output.Scores.sum() + output.Deltas.sum()).Aggregate((a, b) => a + b);
            sum.backward();
            sum.cpu(); // waits for the GPU
        }
    }

    private static double Pictures(IReadOnlyList<Samples.Sources.SourceOptions> data, int most)
    {
        var all = data.Sum(source => source.Open().Folder.Pictures.Count);
        return most == 0 ? all : Math.Min(all, most);
    }

    private static long Regions(TrainingConfig config)
    {
        var folders = config.Data.Select(source => source.Open().Folder).ToArray();
        var pictures = folders.Sum(folder => folder.Pictures.Count);
        var faces = folders.Sum(folder => folder.Report.Faces);
        var share = Math.Min(1, config.Mine.Canvases / (double)Math.Max(1, pictures));
        var ofFace = (config.Mine.ProposalsPerFace + config.Mine.JitteredFaces) * (1 + config.Mine.NonFacesPerFace);
        return (long)(share * faces * ofFace);
    }
}
