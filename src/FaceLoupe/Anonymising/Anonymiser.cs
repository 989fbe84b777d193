using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Finds and hides faces: in single pictures, and in the frames of a video with the gaps filled. A face that the
/// detector misses stays visible. Safe to use from many threads as far as the detector is.
/// </summary>
public sealed class Anonymiser
{
    private readonly Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> _find;
    private readonly FaceMasker _masker;

    /// <summary>Makes an anonymiser of a detector.</summary>
    /// <param name="detector">
    /// Finds the faces; must outlive the anonymiser. Its <see cref="DetectorOptions.MinScore"/> decides what is masked;
    /// where it has none, not the threshold that is best for finding faces, but the one of <see
    /// cref="ThresholdChoice"/>.
    /// </param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are impossible.</exception>
    public Anonymiser(FaceLoupeDetector detector, MaskOptions? mask = null)
        : this(detector, Choice(detector), mask, 0)
    {
    }

    /// <summary>Makes an anonymiser of a model: threshold, masks and scale by one rule wherever faces are
    /// hidden.</summary>
    /// <param name="bundle">The model; must outlive the anonymiser, which does not dispose it.</param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">
    /// The options are impossible, the recall asked for was not measured, or the certificate is of another model or
    /// mask.
    /// </exception>
    public Anonymiser(ModelBundle bundle, AnonymiserOptions? options = null)
        : this(Detector(bundle, options ??= new()), Choice(bundle, options), options.Mask, options.MinFace)
    {
    }

    private Anonymiser(FaceLoupeDetector detector, ThresholdChoice threshold, MaskOptions? mask, float minFace)
        : this(FindWith(detector.From(threshold.Threshold), minFace), mask) => Threshold = threshold;

    /// <summary>Makes an anonymiser of any way to find faces.</summary>
    /// <param name="find">The faces of a picture; called once a picture, with its name.</param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are impossible.</exception>
    public Anonymiser(
        Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> find, MaskOptions? mask = null)
    {
        ArgumentNullException.ThrowIfNull(find);
        _find = find;
        _masker = new FaceMasker(mask);
    }

    private Anonymiser(Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> find, FaceMasker masker) =>
        (_find, _masker) = (find, masker);

    /// <summary>What decides which regions are masked; null where faces are found in another way than by a
    /// detector.</summary>
    public ThresholdChoice? Threshold { get; }

    /// <summary>Hides the faces of a picture.</summary>
    /// <param name="picture">The picture, upright; it is not changed.</param>
    /// <param name="name">Its path or name.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    public AnonymisedPicture Anonymise(
        Picture picture, string name = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Mask(picture, _find(picture, name, cancellation));
    }

    /// <summary>The same, noting what is found in each picture that is searched.</summary>
    internal Anonymiser Recording(List<IReadOnlyList<FaceRegion>> found) => new(
        (picture, name, cancellation) =>
        {
            var regions = _find(picture, name, cancellation);
            found.Add(regions);
            return regions;
        },
        _masker);

    /// <summary>Masks like this one what was found before: nothing is searched.</summary>
    /// <param name="found">What was found in each picture to come, in order.</param>
    internal Anonymiser Replaying(IReadOnlyList<IReadOnlyList<FaceRegion>> found)
    {
        var next = 0;
        return new Anonymiser((_, _, _) => found[next++], _masker);
    }

    /// <summary>Hides what a second look found in a picture that is masked already.</summary>
    internal AnonymisedPicture MaskMore(AnonymisedPicture masked, IReadOnlyList<FaceRegion> left) =>
        Mask(masked.Picture, left) with { Regions = [.. masked.Regions, .. left] };

    /// <summary>Hides the faces of a video frame by frame; at most <paramref name="carry"/> + 1 are held.</summary>
    /// <param name="frames">The frames in order, upright; they are not changed.</param>
    /// <param name="name">Path or name of the video.</param>
    /// <param name="carry">
    /// How many frames a box is carried forward and backward, see <see cref="FaceTracker(int)"/>.
    /// </param>
    /// <param name="detectEvery">
    /// Only each so many-th frame is searched, from 1 (the default: all) to <see cref="FaceTracker.MaxDetectEvery"/>;
    /// in those between, boxes move evenly.
    /// </param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    public IEnumerable<AnonymisedPicture> Anonymise(
        IEnumerable<Picture> frames,
        string name = "",
        int carry = FaceTracker.DefaultCarry,
        int detectEvery = 1,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(detectEvery, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(detectEvery, FaceTracker.MaxDetectEvery);
        var found = frames.Select((frame, i) => (frame, i % detectEvery == 0 ? _find(frame, name, cancellation) : []));
        var mosaics = new Dictionary<long, Mosaic>();
        return new FaceTracker(FaceTracker.CarryFor(carry, detectEvery)).FollowTracks(found)
            .Select(item => Mask(item.Frame, item.Regions, mosaics));
    }

    private AnonymisedPicture Mask(Picture picture, IReadOnlyList<FaceRegion> regions)
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        _masker.Apply(copy, regions.Select(region => region.Box));
        return new AnonymisedPicture(copy, regions);
    }

    private AnonymisedPicture Mask(
        Picture frame, IReadOnlyList<(FaceRegion Region, long Track)> regions, Dictionary<long, Mosaic> mosaics)
    {
        var copy = new Picture(frame.Width, frame.Height, [.. frame.Pixels]);
        _masker.Apply(copy, [.. regions.Select(item => (item.Region.Box, item.Track))], mosaics);
        return new AnonymisedPicture(copy, [.. regions.Select(item => item.Region)]);
    }

    private static ThresholdChoice Choice(FaceLoupeDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return ThresholdChoice.Of(detector.Model, new AnonymiserOptions
        {
            MinScore = detector.AskedMinScore, Stages = detector.Stages,
        });
    }

    private static ThresholdChoice Choice(ModelBundle bundle, AnonymiserOptions options) =>
        ThresholdChoice.Of(bundle.Manifest, options);

    internal static FaceLoupeDetector Detector(ModelBundle bundle, AnonymiserOptions options) =>
        new(bundle, new DetectorOptions
    {
        Stages = options.Stages,
        MinFace = Math.Max(options.MinFace, ScalePlan.SmallestPlannedFace),
    });

    internal static Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> FindWith(
        FaceLoupeDetector detector, float minFace) => (picture, name, cancellation) =>
    [
        .. detector.Detect(picture, name, cancellation).Faces.Where(face => !(face.Box.LongerSide < minFace))
            .Select(face => new FaceRegion(face.Box, face.Score)),
    ];
}
