using System.Collections;
using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <summary>What was found in one image: a list of its faces, and what else there is to tell.</summary>
/// <param name="Width">Width of the upright image, in pixels.</param>
/// <param name="Height">Height of the upright image, in pixels.</param>
/// <param name="Faces">The faces, best first.</param>
/// <param name="Proposals">
/// Everything the first stage proposed and the second one looked at, best first: the first stage's result alone.
/// </param>
/// <param name="Times">How long each step took.</param>
public sealed record Detections(
    int Width, int Height, IReadOnlyList<Face> Faces, IReadOnlyList<Proposal> Proposals, StageTimes Times)
    : IReadOnlyList<Face>
{
    /// <summary>
    /// What shows that the image's file is damaged; faces may be missing, or be others. Null: nothing does.
    /// </summary>
    public string? Damage { get; init; }

    /// <summary>How many faces were found.</summary>
    public int Count => Faces.Count;

    /// <summary>One face; the best is the first.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Face this[int index] => Faces[index];

    /// <inheritdoc/>
    public IEnumerator<Face> GetEnumerator() => Faces.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
