using System.Diagnostics.CodeAnalysis;

namespace FaceLoupe;

/// <summary>
/// What became of one image of many: either <see cref="Detections"/> or <see cref="Fault"/> is there, never both.
/// </summary>
/// <param name="Path">The image, as it was given.</param>
/// <param name="Detections">What was found; null where the image could not be processed.</param>
/// <param name="Fault">Why it could not be processed, in one line; null where it could.</param>
public sealed record PictureResult(string Path, Detections? Detections, FaceLoupeException? Fault)
{
    /// <summary>Whether the image was processed; it may still show no face.</summary>
    [MemberNotNullWhen(true, nameof(Detections))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Detections is not null;
}
