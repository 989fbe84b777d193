using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>What was found in one picture.</summary>
/// <param name="Width">Width of the upright picture, in pixels.</param>
/// <param name="Height">Height of the upright picture, in pixels.</param>
/// <param name="Faces">The faces, best first.</param>
/// <param name="Proposals">
/// Everything the first stage proposed and the second one looked at, best first: the first stage's result alone.
/// </param>
/// <param name="Times">How long each step took.</param>
public sealed record Detections(
    int Width, int Height, IReadOnlyList<Face> Faces, IReadOnlyList<Proposal> Proposals, StageTimes Times);
