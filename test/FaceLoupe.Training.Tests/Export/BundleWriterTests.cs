using FaceLoupe.Models;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Tests.Export;

public sealed class BundleWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("faceloupe-bundle-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void a_written_bundle_opens_and_a_model_card_beside_it_stays()
    {
        var target = Path.Combine(folder.FullName, "tiny");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "MODEL_CARD.md"), "card");

        var written = BundleWriter.Write(target, Manifest(), Proposals(), Generator(), Discriminator());

        using var bundle = ModelBundle.Open(target);
        bundle.Manifest.Generator.Sha256.ShouldBe(written.Generator.Sha256);
        bundle.Manifest.Name.ShouldBe("tiny");
        Directory.GetFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["MODEL_CARD.md", "discriminator.onnx", "generator.onnx", "model.json", "proposals.onnx"]);
        folder.GetDirectories().Length.ShouldBe(1);
    }

    [Fact]
    public void a_network_that_does_not_fit_leaves_the_old_bundle()
    {
        var target = Path.Combine(folder.FullName, "tiny");
        BundleWriter.Write(target, Manifest(), Proposals(), Generator(), Discriminator());

        Should.Throw<FaceLoupeException>(
            () => BundleWriter.Write(target, Manifest(), Proposals(), Discriminator(), Generator()));

        ModelBundle.Open(target).Dispose();
        folder.GetDirectories().Length.ShouldBe(1);
    }

    private static ModelManifest Manifest() => new()
    {
        FormatVersion = ModelManifest.CurrentFormatVersion,
        Name = "tiny",
        Version = "0.0.1",
        Created = "2026-01-01",
        Proposals = new()
        {
            Sha256 = BundleWriter.UnknownSha256,
            Branches = [new() { Stride = 16, AnchorSizes = [16, 32], Scores = "scores_s16", Deltas = "deltas_s16" }],
        },
        Generator = new() { Sha256 = BundleWriter.UnknownSha256, LowResolution = 4, HighResolution = 16 },
        Discriminator = new() { Sha256 = BundleWriter.UnknownSha256, HighResolution = 16 },
        Detection = new() { Scales = [new ScaleStep(1)] },
    };

    private static byte[] Proposals()
    {
        var graph = new OnnxGraph("proposals");
        var x = graph.MaxPool(graph.Input("image", "N", 3, "H", "W"), 16, 16);
        graph.Output("scores_s16", graph.Conv(x, new float[2 * 3], [2, 3, 1, 1], null), "N", 2, "h", "w");
        graph.Output("deltas_s16", graph.Conv(x, new float[8 * 3], [8, 3, 1, 1], null), "N", 8, "h", "w");
        return graph.ToBytes(WeightPrecision.Half);
    }

    private static byte[] Generator()
    {
        var graph = new OnnxGraph("generator");
        var x = graph.ResizeCubic(graph.Input("low", "N", 3, 4, 4), 4, 4, 4);
        graph.Output("upsampled", x, "N", 3, 16, 16);
        graph.Output("refined", x, "N", 3, 16, 16);
        return graph.ToBytes(WeightPrecision.Half);
    }

    private static byte[] Discriminator()
    {
        var graph = new OnnxGraph("discriminator");
        var x = graph.Flatten(graph.GlobalAveragePool(graph.Input("high", "N", 3, 16, 16)));
        graph.Output("real", graph.Gemm(x, new float[3], 1, 3, null), "N", 1);
        graph.Output("face", graph.Gemm(x, new float[3], 1, 3, null), "N", 1);
        graph.Output("delta", graph.Gemm(x, new float[12], 4, 3, null), "N", 4);
        return graph.ToBytes(WeightPrecision.Half);
    }
}
