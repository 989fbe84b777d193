using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>What a person decided for an image, or for a span of a video.</summary>
/// <param name="From">Seconds from which on it holds; 0 for an image.</param>
/// <param name="To">Seconds up to which it holds; infinite for an image.</param>
/// <param name="Mask">Places that are masked, whatever is found there.</param>
/// <param name="Clear">Faces that stay clear.</param>
/// <param name="Ignore">Parts in which nothing that is found is masked.</param>
internal sealed record CorrectedSpan(
    double From, double To, IReadOnlyList<Box> Mask, IReadOnlyList<Box> Clear, IReadOnlyList<Box> Ignore);
