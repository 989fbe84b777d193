namespace FaceLoupe;

/// <summary>How long each step took for one image.</summary>
/// <param name="Decode">Reading the file; zero for an image that was in memory already.</param>
/// <param name="Proposals">Step 1, at all scales.</param>
/// <param name="Crops">Step 2.</param>
/// <param name="Generator">Step 3.</param>
/// <param name="Discriminator">Step 4.</param>
/// <param name="Fusion">Step 5: fusing, decoding and non-maximum suppression.</param>
public sealed record StageTimes(
    TimeSpan Decode, TimeSpan Proposals, TimeSpan Crops, TimeSpan Generator, TimeSpan Discriminator, TimeSpan Fusion)
{
    /// <summary>All steps together.</summary>
    public TimeSpan Total => Decode + Proposals + Crops + Generator + Discriminator + Fusion;
}
