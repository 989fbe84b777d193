using FaceLoupe.Models;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Onnx;

namespace FaceLoupe.Training.Tests.Fixtures;

/// <summary>
/// A model of a few kilobytes whose behaviour is known by hand. A "face" is a white square on black: of 8 px centred
/// at multiples of 4 px plus 2, of 16 px at multiples of 8 plus 4, of 32 px at multiples of 16 plus 8. The first stage
/// compares the inside of an anchor with the ring around it, mostly in green and blue; the second does so in red
/// alone, so that it rejects cyan squares, and moves every box by a twentieth of its width to the right.
/// </summary>
internal static class TinyBundle
{
    public const int LowResolution = 8;
    public const int HighResolution = 32;

    // From the centre of a proposal, in tenths of its sides.
    private static readonly float[] UsualLandmarks = [-2, -1.2f, 2, -1.2f, 0, 0.8f, -1.6f, 2.4f, 1.6f, 2.4f];

    /// <summary>Writes the model.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="landmarks">
    /// Whether its second stage tells landmarks, those of a usual face in every proposal.
    /// </param>
    public static ModelManifest Write(string folder, bool landmarks = false) => BundleWriter.Write(
        folder, Manifest(landmarks), Proposals(), Generator(), Discriminator(landmarks));

    private static ModelManifest Manifest(bool landmarks) => new()
    {
        FormatVersion = ModelManifest.CurrentFormatVersion,
        Name = landmarks ? "tiny-landmarks" : "tiny",
        Version = "1.0.0",
        Created = "2025-11-24",
        Proposals = new()
        {
            Sha256 = BundleWriter.UnknownSha256,
            SizeMultiple = 8,
            Branches =
            [
                new() { Stride = 4, AnchorSizes = [8], Scores = "scores_s4", Deltas = "deltas_s4" },
                new() { Stride = 8, AnchorSizes = [16], Scores = "scores_s8", Deltas = "deltas_s8" },
            ],
        },
        Generator = new()
        {
            Sha256 = BundleWriter.UnknownSha256,
            LowResolution = LowResolution,
            HighResolution = HighResolution,
        },
        Discriminator = new()
        {
            Sha256 = BundleWriter.UnknownSha256,
            HighResolution = HighResolution,
            Landmarks = landmarks ? "landmarks" : null,
        },
        Context = new() { Factor = 2, RouteAbove = 64 },
        Detection = new()
        {
            Scales = [new ScaleStep(1, 0, 24), new ScaleStep(0.5f, 24)],
            TileSize = 128,
            TileOverlap = 32,
        },
        Training = new() { ["made"] = "by hand: test/FaceLoupe.Training.Tests/Fixtures/TinyBundle.cs" },
    };

    private static byte[] Proposals()
    {
        var graph = new OnnxGraph("proposals");
        var image = graph.Input("image", "N", 3, "H", "W");
        var brightness = graph.Conv(image, [0.1f, 0.45f, 0.45f], [1, 3, 1, 1], null);
        AddBranch(graph, brightness, stride: 4, anchor: 8);
        AddBranch(graph, brightness, stride: 8, anchor: 16);
        return graph.ToBytes(WeightPrecision.Single);
    }

    // White on black makes a contrast of 2, hence a logit of 5; half a stride beside it far less.
    private static void AddBranch(OnnxGraph graph, string brightness, int stride, int anchor)
    {
        var side = 2 * anchor;
        var scores = graph.Conv(
            brightness, Contrast(side, 10), [1, 1, side, side], [-15], stride, padding: (side - stride) / 2);
        graph.Output($"scores_s{stride}", scores, "N", 1, $"h{stride}", $"w{stride}");
        var deltas = graph.Conv(scores, new float[4], [4, 1, 1, 1], null);
        graph.Output($"deltas_s{stride}", deltas, "N", 4, $"h{stride}", $"w{stride}");
    }

    // Goes beyond [-1, 1], so that forgetting to clamp shows.
    private static byte[] Generator()
    {
        var graph = new OnnxGraph("generator");
        var up = graph.ResizeNearest(graph.Input("low", "N", 3, LowResolution, LowResolution), 4);
        float[] gain = [1.5f, 0, 0, 0, 1.5f, 0, 0, 0, 1.5f];
        graph.Output("upsampled", up, "N", 3, HighResolution, HighResolution);
        graph.Output("refined", graph.Conv(up, gain, [3, 3, 1, 1], null), "N", 3, HighResolution, HighResolution);
        return graph.ToBytes(WeightPrecision.Single);
    }

    private static byte[] Discriminator(bool landmarks)
    {
        var graph = new OnnxGraph("discriminator");
        var high = graph.Input("high", "N", 3, HighResolution, HighResolution);
        var red = graph.Conv(high, [1, 0, 0], [1, 3, 1, 1], null);
        var kernel = Contrast(HighResolution, 6);
        var contrast = graph.Flatten(graph.Conv(red, kernel, [1, 1, HighResolution, HighResolution], [-6]));
        var mean = graph.Flatten(graph.GlobalAveragePool(high));
        graph.Output("real", graph.Gemm(mean, [1, 1, 1], 1, 3, null), "N", 1);
        graph.Output("face", contrast, "N", 1);
        graph.Output("delta", graph.Gemm(contrast, new float[4], 4, 1, [0.5f, 0, 0, 0]), "N", 4);
        if (landmarks)
        {
            graph.Output("landmarks", graph.Gemm(contrast, new float[10], 10, 1, UsualLandmarks), "N", 10);
        }

        return graph.ToBytes(WeightPrecision.Single);
    }

    // Mean of the inner square of half the side minus mean of the ring around it, times a gain.
    private static float[] Contrast(int side, float gain)
    {
        int from = side / 4, to = side - from, inner = (to - from) * (to - from);
        var kernel = new float[side * side];
        for (var i = 0; i < kernel.Length; i++)
        {
            int x = i % side, y = i / side;
            var isInner = x >= from && x < to && y >= from && y < to;
            kernel[i] = isInner ? gain / inner : -gain / (kernel.Length - inner);
        }

        return kernel;
    }
}
