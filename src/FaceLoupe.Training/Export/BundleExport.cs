using System.Text.Json.Nodes;
using FaceLoupe.Models;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Export;

/// <summary>Turns a finished training into a model folder, each network checked against its trained self.</summary>
internal sealed class BundleExport(TrainedRun training)
{
    /// <summary>Exports; nothing is written when a network's parity fails.</summary>
    /// <param name="folder">The model's folder, such as models/full.</param>
    /// <param name="options">Scales, thresholds and the like.</param>
    /// <param name="created">Moment of the export.</param>
    /// <param name="log">Where the parities are reported.</param>
    public ModelManifest Write(string folder, ExportOptions options, DateTimeOffset created, TextWriter log)
    {
        using var proposals = training.LoadProposals();
        using var generator = training.LoadGenerator("gan");
        using var discriminator = training.LoadDiscriminator();
        var config = training.OpenStage("gan").Run.ReadConfig<TrainingConfig>();
        var regions = config.Regions;
        var precision = options.Half ? WeightPrecision.Half : WeightPrecision.Single;
        int low = regions.LowResolution, high = regions.HighResolution;

        var proposalGraph = ProposalExport.Graph(proposals);
        var generatorGraph = GeneratorExport.Graph(generator, low);
        var discriminatorGraph = DiscriminatorExport.Graph(discriminator, high);
        Check(log, proposalGraph, precision, ProposalExport.Input, [[1, 3, 64, 96], [2, 3, 128, 64]],
            x => Named(proposals, x));
        Check(log, generatorGraph, precision, GeneratorExport.Input, [[1, 3, low, low], [3, 3, low, low]],
            x => Named(generator, x));
        Check(log, discriminatorGraph, precision, DiscriminatorExport.Input, [[1, 3, high, high], [3, 3, high, high]],
            x => Named(discriminator, x));

        var manifest = new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentFormatVersion,
            Name = BundleWriter.NameOf(folder),
            Version = options.Version,
            Category = options.Category,
            Created = created.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Proposals = proposals.Options.ToSection(BundleWriter.UnknownSha256),
            Generator = new GeneratorSection
            {
                Sha256 = BundleWriter.UnknownSha256, LowResolution = low, HighResolution = high,
            },
            Discriminator = new DiscriminatorSection
            {
                Sha256 = BundleWriter.UnknownSha256, HighResolution = high,
                Landmarks = DiscriminatorExport.LandmarksOf(discriminator),
            },
            Context = regions.ToContext(options.RouteAbove ?? regions.NativeAbove ?? high),
            Detection = options.ToDetection(),
            Training = Provenance(config),
        };
        return BundleWriter.Write(
            folder, manifest, proposalGraph.ToBytes(precision), generatorGraph.ToBytes(precision),
            discriminatorGraph.ToBytes(precision));
    }

    private static void Check(
        TextWriter log, OnnxGraph graph, WeightPrecision precision, string input, long[][] shapes,
        Func<Tensor, IReadOnlyDictionary<string, Tensor>> network)
    {
        foreach (var result in ExportParity.Check(graph, precision, input, shapes, network))
        {
            log.WriteLine($"{graph.Name}: {result}");
        }
    }

    private static Dictionary<string, Tensor> Named(ProposalNetwork network, Tensor input)
    {
        var named = new Dictionary<string, Tensor>();
        foreach (var (branch, output) in network.Options.Branches.Zip(network.ForwardShrunk(input)))
        {
            var section = branch.ToSection(network.Options.Shrink);
            named[section.Scores] = output.Scores;
            named[section.Deltas] = output.Deltas;
        }

        return named;
    }

    private static Dictionary<string, Tensor> Named(GeneratorNetwork network, Tensor input)
    {
        var output = network.forward(input);
        return new() { [GeneratorExport.Upsampled] = output.Upsampled, [GeneratorExport.Refined] = output.Refined };
    }

    private static Dictionary<string, Tensor> Named(DiscriminatorNetwork network, Tensor input)
    {
        var output = network.forward(input);
        var named = DiscriminatorExport.Outputs.Zip([output.Real, output.Face, output.Delta])
            .ToDictionary(o => o.First, o => o.Second);
        if (output.Landmarks is { } landmarks)
        {
            named[DiscriminatorExport.Landmarks] = landmarks;
        }

        return named;
    }

    /// <summary>What of the training a user of the model may want to know.</summary>
    private JsonObject Provenance(TrainingConfig config)
    {
        var stages = new JsonObject();
        foreach (var stage in new[] { "proposals", "generator", "gan" })
        {
            var (run, checkpoint) = training.OpenStage(stage);
            var info = run.ReadInfo();
            stages[stage] = new JsonObject
            {
                ["steps"] = checkpoint.Step,
                ["device"] = info.DeviceText,
                ["started"] =
                    info.Started.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
                ["commit"] = info.Commit,
                ["torchSharp"] = info.TorchSharp,
            };
            if (info.Imported is { } imported)
            {
                stages[stage]!["imported"] = imported;
            }
        }

        return new JsonObject
        {
            ["preset"] = config.Name,
            ["seed"] = config.Seed,
            ["data"] = new JsonArray([.. config.Data.Select(source => JsonValue.Create(source.Folder))]),
            ["stages"] = stages,
        };
    }
}
