using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>Collects what a person reviews: masks, and near misses.</summary>
/// <param name="Low">Finds faces with a lower threshold.</param>
/// <param name="Page">The page.</param>
internal sealed record Reviewer(Anonymiser Low, ReviewPage Page)
{
    /// <summary>Scores from this share of the threshold on are near misses.</summary>
    public const float NearShare = 0.25f;

    /// <summary>Why a video is not on the page.</summary>
    public const string VideoNotShown =
        "is a video, and the page of --review shows images only; check its masked copy, and write corrections for "
        + "spans of time by hand (docs/anonymising.md).";

    private const float SamePlace = 0.3f;

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>Searches an image again, with the lower threshold.</summary>
    public IReadOnlyList<FaceRegion> Near(Picture picture, string path, CancellationToken cancellation) =>
        Low.Anonymise(picture, path, cancellation).Regions;

    /// <summary>Adds an image to the page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">The hash of its original, see <see cref="Corrections.HashOf"/>.</param>
    /// <param name="picture">The original image.</param>
    /// <param name="masked">What is masked.</param>
    /// <param name="near">The result of <see cref="Near"/>.</param>
    public void Add(
        string path,
        string hash,
        Picture picture,
        IReadOnlyList<FaceRegion> masked,
        IReadOnlyList<FaceRegion> near)
    {
        Page.Add(path, hash, picture, masked,
            [.. near.Where(region => masked.All(other => Overlap.IoU(other.Box, region.Box) < SamePlace))]);
        _shown.Add(path);
    }

    /// <summary>Finishes the page, with a list of the files that are not on it.</summary>
    /// <param name="files">All files of the run.</param>
    /// <param name="faults">Why files failed.</param>
    /// <returns>False: there is no image to show, and no page was written.</returns>
    public bool Finish(IEnumerable<NamedInput> files, IReadOnlyList<InputFault> faults)
    {
        if (_shown.Count == 0)
        {
            return false;
        }

        foreach (var file in files.Where(file => !_shown.Contains(file.Path)))
        {
            Page.Leave(
                file.Path,
                faults.FirstOrDefault(fault => fault.Image == file.Path)?.Message
                    ?? (file.IsVideo ? VideoNotShown : "was not processed."));
        }

        Page.Finish();
        return true;
    }
}
