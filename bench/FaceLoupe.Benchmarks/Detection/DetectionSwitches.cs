using FaceLoupe.Models;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>The switches that save work, each alone.</summary>
internal static class DetectionSwitches
{
    /// <summary>The defaults first.</summary>
    public static IEnumerable<(string Name, DetectorOptions Options)> Of(ModelManifest model)
    {
        var detection = model.Detection;
        yield return ("defaults", new DetectorOptions());
        yield return ("first stage alone", new DetectorOptions { Stages = DetectionStages.ProposalsOnly });
        yield return ("minFace 12", new DetectorOptions { MinFace = 12 });
        yield return ("minFace 16", new DetectorOptions { MinFace = 16 });
        yield return ("doubt 0.3 to 0.9", new DetectorOptions
        {
            Detection = detection with { Doubt = new DoubtSection { Low = 0.3f, High = 0.9f } },
        });
        yield return ("doubt 0.3 to 0.98", new DetectorOptions
        {
            Detection = detection with { Doubt = new DoubtSection { Low = 0.3f, High = 0.98f } },
        });
        yield return ("no doubt band", new DetectorOptions { Detection = detection with { Doubt = null } });
        yield return ("tileSize 2560", new DetectorOptions { Detection = detection with { TileSize = 2560 } });
        yield return ("proposalNms 0.3", new DetectorOptions { Detection = detection with { ProposalNms = 0.3f } });
        yield return ("proposalThreshold 0.3", new DetectorOptions { Detection = detection with { ProposalThreshold = 0.3f } });
    }
}
