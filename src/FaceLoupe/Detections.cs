using System.Collections;
using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>What was found in one image: its faces, and details of the detection.</summary>
/// <param name="Width">Width of the upright image, in pixels.</param>
/// <param name="Height">Height of the upright image, in pixels.</param>
/// <param name="Faces">The faces, best first.</param>
/// <param name="Proposals">
/// All proposals of the first stage, best first.
/// </param>
/// <param name="Times">How long each step took.</param>
public sealed record Detections(
    int Width, int Height, IReadOnlyList<Face> Faces, IReadOnlyList<Proposal> Proposals, StageTimes Times)
    : IReadOnlyList<Face>
{
    /// <summary>
    /// Why the file appears to be damaged, in which case faces may be missing or wrong; null: it is not.
    /// </summary>
    public string? Damage { get; init; }

    /// <summary>Number of faces.</summary>
    public int Count => Faces.Count;

    /// <summary>One face; the best is the first.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Face this[int index] => Faces[index];

    /// <inheritdoc/>
    public IEnumerator<Face> GetEnumerator() => Faces.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
