using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>Gathers what a person should look at: what is masked, and what nearly was.</summary>
/// <param name="Low">Finds what a lower threshold finds.</param>
/// <param name="Page">Where it goes.</param>
internal sealed record Reviewer(Anonymiser Low, ReviewPage Page)
{
    /// <summary>Scores down to this share of the threshold are near it.</summary>
    public const float NearShare = 0.25f;

    private const float SamePlace = 0.3f;

    /// <summary>Adds a picture to the page; it is searched once more, with the lower threshold.</summary>
    public void Add(string path, Picture picture, IReadOnlyList<FaceRegion> masked, CancellationToken cancellation) =>
        Page.Add(path, picture, masked,
        [
            .. Low.Anonymise(picture, path, cancellation).Regions
                .Where(region => masked.All(other => Overlap.IoU(other.Box, region.Box) < SamePlace)),
        ]);
}
