using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Workspace;
using TorchSharp;

namespace FaceLoupe.Training.Stages;

/// <summary>The input of a stage: its options, its run directory and the training run.</summary>
/// <param name="Config">The options.</param>
/// <param name="Run">The stage's run directory.</param>
/// <param name="Training">The training.</param>
/// <param name="Pretrained">Folder of ImageNet weights; null: downloaded when needed.</param>
/// <param name="Device">Device to calculate on; null: the CPU.</param>
internal sealed record StageContext(
    TrainingConfig Config, RunDirectory Run, TrainedRun Training, string? Pretrained = null,
    torch.Device? Device = null)
{
    /// <summary>The training RoIs.</summary>
    /// <exception cref="FaceLoupeException">
    /// There are none, or their size or context differs from the options.
    /// </exception>
    public RegionFile OpenRegions() => Open(Training.TrainingRegions);

    /// <summary>The validation RoIs; null: none were mined.</summary>
    public RegionFile? OpenValidation() =>
        File.Exists(Training.ValidationRegions) ? Open(Training.ValidationRegions) : null;

    private RegionFile Open(string path)
    {
        CheckContext(path);
        var regions = new RegionFile(path);
        var side = Config.Regions.LowResolution;
        if (regions.Low == side)
        {
            return regions;
        }

        regions.Dispose();
        throw new FaceLoupeException(FormattableString.Invariant(
            $"{path}: RoIs of {regions.Low} px, but regions.lowResolution is {side}; mine again or set it back."));
    }

    // A file of RoIs does not store their context, and the manifest is written from these options: with others, a
    // detector would crop other windows than in training.
    private void CheckContext(string path)
    {
        var expected = Config.Regions;
        if (Training.FindMiningConfig()?.Regions is { } mined
            && (mined.ContextFactor, mined.ContextBySize) != (expected.ContextFactor, expected.ContextBySize))
        {
            throw new FaceLoupeException(
                $"{path}: mined with a context factor of {mined.ContextText}, but the options say "
                + $"{expected.ContextText}; mine again or set regions.contextFactor and regions.contextBySize back.");
        }
    }
}
