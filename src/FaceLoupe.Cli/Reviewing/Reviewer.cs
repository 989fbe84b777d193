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

    /// <summary>Files on the page.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    /// <summary>Searches an image once more, with the lower threshold.</summary>
    public IReadOnlyList<FaceRegion> Near(Picture picture, string path, CancellationToken cancellation) =>
        Low.Anonymise(picture, path, cancellation).Regions;

    /// <summary>Adds an image to the page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="picture">The image as it was.</param>
    /// <param name="masked">What is masked.</param>
    /// <param name="near">What <see cref="Near"/> found.</param>
    public void Add(
        string path, Picture picture, IReadOnlyList<FaceRegion> masked, IReadOnlyList<FaceRegion> near)
    {
        Page.Add(path, picture, masked,
            [.. near.Where(region => masked.All(other => Overlap.IoU(other.Box, region.Box) < SamePlace))]);
        Shown.Add(path);
    }
}
