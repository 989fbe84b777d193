using FaceLoupe.Anonymising;

namespace FaceLoupe.Cli.Blurring;

/// <summary>Counts of one file.</summary>
/// <param name="Frames">Frames; 1 for an image.</param>
/// <param name="Regions">Masked regions, over all frames.</param>
/// <param name="Carried">Regions carried over from other frames.</param>
/// <param name="Verified">The outcome of searching the result again; null: it was not searched.</param>
/// <param name="Recoded">
/// Why a JPEG file was re-encoded as a whole, without keeping unmasked blocks; null: it was not.
/// </param>
/// <param name="Cut">Boxes of a person's corrections that were cut at the edges of the image.</param>
internal readonly record struct BlurTally(
    long Frames, long Regions, long Carried, VerifyTally? Verified = null, string? Recoded = null, int Cut = 0);
