namespace FaceLoupe.Evaluation.Fddb;

/// <summary>A region and its score.</summary>
/// <param name="Region">The region.</param>
/// <param name="Score">On any scale; 1 in annotations.</param>
public readonly record struct ScoredRegion(FddbRegion Region, double Score);

/// <summary>The regions of one image: faces as annotated, or detections.</summary>
/// <param name="Name">The image's name as the folds have it, such as <c>2002/08/11/big/img_591</c>.</param>
/// <param name="Regions">The regions, in the order of the file.</param>
public sealed record FddbPicture(string Name, IReadOnlyList<ScoredRegion> Regions);
