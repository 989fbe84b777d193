using System.Diagnostics.CodeAnalysis;

namespace FaceLoupe;

/// <summary>
/// The result for one of many images: either <see cref="Detections"/> or <see cref="Fault"/>, never both.
/// </summary>
/// <param name="Path">The image, as given.</param>
/// <param name="Detections">What was found; null if the image could not be processed.</param>
/// <param name="Fault">Why it could not be processed, in one line; null if it could.</param>
public sealed record PictureResult(string Path, Detections? Detections, FaceLoupeException? Fault)
{
    /// <summary>Whether the image was processed, even if no face was found.</summary>
    [MemberNotNullWhen(true, nameof(Detections))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Detections is not null;
}
