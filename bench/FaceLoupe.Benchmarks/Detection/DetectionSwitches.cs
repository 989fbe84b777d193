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
        yield return ("proposalNms 0.3", new DetectorOptions { Detection = detection with { ProposalNms = 0.3f } });
        yield return ("proposalThreshold 0.3", new DetectorOptions { Detection = detection with { ProposalThreshold = 0.3f } });
    }
}
