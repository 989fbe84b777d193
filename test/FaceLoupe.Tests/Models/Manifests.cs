using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

/// <summary>A sound manifest to start from; tests bend one thing of it.</summary>
internal static class Manifests
{
    public static ModelManifest Sound() => new()
    {
        FormatVersion = 1,
        Name = "test",
        Version = "1.2.3",
        Created = "2025-11-24",
        Proposals = new ProposalSection
        {
            Sha256 = new string('a', 64),
            Branches =
            [
                new() { Stride = 4, AnchorSizes = [8, 11.3f, 16, 22.6f], Scores = "scores_s4", Deltas = "deltas_s4" },
                new() { Stride = 16, AnchorSizes = [64, 128], Scores = "scores_s16", Deltas = "deltas_s16" },
            ],
        },
        Generator = new GeneratorSection { Sha256 = new string('b', 64), LowResolution = 16, HighResolution = 64 },
        Discriminator = new DiscriminatorSection { Sha256 = new string('c', 64), HighResolution = 64 },
        Detection = new DetectionSection { Scales = [new ScaleStep(2, 0, 100), new ScaleStep(1, 40)] },
        Training = new() { ["steps"] = 100 },
    };
}
