using FaceLoupe.Models;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Export;

/// <summary>A model folder of a trained stage 1 alone; the other networks are minimal, untrained and unused.</summary>
internal static class FirstStageBundle
{
    private const int Low = 4;
    private const int High = Low * GeneratorNetwork.Factor;

    public static void Write(string folder, TrainedRun training, TrainingConfig config, DateTimeOffset created)
    {
        using var proposals = training.LoadProposals();
        using var generator = new GeneratorNetwork(new GeneratorOptions
        {
            Width = 1, UpsampleWidth = 1, Blocks = 0, Refinement = false, Norm = NormMode.None,
        });
        using var discriminator = new DiscriminatorNetwork(new DiscriminatorOptions
        {
            Trunk = new ResNetOptions
            {
                Width = 1, Blocks = [1], Norm = NormMode.None, Pretrained = false, StemMaxPool = false,
            },
        });
        var manifest = new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentFormatVersion,
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            Version = config.Export.Version,
            Category = config.Export.Category,
            Created = created.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Proposals = proposals.Options.ToSection(BundleWriter.UnknownSha256),
            Generator = new GeneratorSection
            {
                Sha256 = BundleWriter.UnknownSha256, LowResolution = Low, HighResolution = High,
            },
            Discriminator = new DiscriminatorSection { Sha256 = BundleWriter.UnknownSha256, HighResolution = High },
            Context = config.Regions.ToContext(High),
            Detection = config.Export.ToDetection(),
            Training = new() { ["stages"] = "proposals alone; the other two networks are untrained and unused" },
        };
        const WeightPrecision precision = WeightPrecision.Single;
        BundleWriter.Write(
            folder, manifest,
            ProposalExport.Graph(proposals).ToBytes(config.Export.Half ? WeightPrecision.Half : precision),
            GeneratorExport.Graph(generator, Low).ToBytes(precision),
            DiscriminatorExport.Graph(discriminator, High).ToBytes(precision));
    }
}
