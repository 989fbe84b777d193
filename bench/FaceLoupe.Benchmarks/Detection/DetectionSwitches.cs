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
        yield return ("full search", new DetectorOptions { FullSearch = true });
        yield return ("no confident boxes at a smaller size", new DetectorOptions
        {
            Detection = detection with
            {
                Scales =
                    [.. detection.Scales.Select(
                        step => step with { Focus = step.Focus is { } f ? f with { ConfidentScore = 1 } : null })],
            },
        });
        yield return ("finest size left out", new DetectorOptions
        {
            Detection =
                detection with { Scales = [.. detection.Scales.OrderByDescending(step => step.Factor).Skip(1)] },
        });
        yield return ("stage-2 score band 0.2 to 0.98", new DetectorOptions
        {
            Detection =
                detection with
                {
                    Stage2Band = detection.Stage2Band is { } band ? band with { Low = 0.2f, High = 0.98f } : null,
                },
        });
        yield return (
            "no stage-2 score band", new DetectorOptions { Detection = detection with { Stage2Band = null } });
        yield return ("tileSize 2560", new DetectorOptions { Detection = detection with { TileSize = 2560 } });
        yield return ("proposalNms 0.3", new DetectorOptions { Detection = detection with { ProposalNms = 0.3f } });
        yield return (
            "proposalThreshold 0.3", new DetectorOptions { Detection = detection with { ProposalThreshold = 0.3f } });
    }
}
