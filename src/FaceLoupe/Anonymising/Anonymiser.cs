using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Finds and masks faces in single images and in videos, where gaps between detections are filled. A face that the
/// detector misses stays visible. Thread-safe if the detector is.
/// </summary>
public sealed partial class Anonymiser : IDisposable
{
    private readonly FaceLoupeDetector? _owned;
    private readonly Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> _find;
    private readonly FaceMasker _masker;
    private Func<IReadOnlyList<FaceRegion>, string, IReadOnlyList<FaceRegion>>? _correct;
    private List<IReadOnlyList<FaceRegion>>? _record;

    /// <summary>Creates an anonymiser for a detector.</summary>
    /// <param name="detector">
    /// Finds the faces; must outlive the anonymiser. Its <see cref="DetectorOptions.MinScore"/> decides what is masked;
    /// if it has none, the threshold of <see cref="ThresholdChoice"/>, which is lower than the one for detection.
    /// </param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public Anonymiser(FaceLoupeDetector detector, MaskOptions? mask = null)
        : this(detector, Choice(detector), mask, 0)
    {
    }

    /// <summary>
    /// Creates an anonymiser for a model: threshold, masks and smallest face are chosen as by the command and the web
    /// service.
    /// </summary>
    /// <param name="bundle">The model; must outlive the anonymiser, which does not dispose it.</param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">
    /// The options are invalid, the given recall was not measured, or the certificate is for another model or mask.
    /// </exception>
    public Anonymiser(ModelBundle bundle, AnonymiserOptions? options = null)
        : this(Detector(bundle, options ??= new()), Choice(bundle, options), options.Mask, options.MinFace)
    {
    }

    private Anonymiser(
        FaceLoupeDetector detector,
        ThresholdChoice threshold,
        MaskOptions? mask,
        float minFace,
        FaceLoupeDetector? owned = null)
        : this(FindWith(detector.From(threshold.Threshold), minFace), mask) => (Threshold, _owned) = (threshold, owned);

    /// <summary>Creates an anonymiser for any detector of faces.</summary>
    /// <param name="find">The faces of an image; called once per image, with its name.</param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public Anonymiser(
        Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> find, MaskOptions? mask = null)
    {
        ArgumentNullException.ThrowIfNull(find);
        _find = find;
        _masker = new FaceMasker(mask);
    }

    private Anonymiser(Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> find, FaceMasker masker) =>
        (_find, _masker) = (find, masker);

    /// <summary>The threshold from which regions are masked; null if <c>find</c> was given.</summary>
    public ThresholdChoice? Threshold { get; }

    /// <summary>
    /// Loads a model and creates an anonymiser for it, with the threshold that
    /// <see cref="ThresholdChoice.Of(ModelManifest, AnonymiserOptions)"/> chooses: lower than that of a detector, since
    /// a face that is missed stays visible.
    /// </summary>
    /// <param name="modelFolder">
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <param name="targetRecall">
    /// Share of faces to be hidden, from 0 to 1; null (the default): the highest at the cost of a few false-positive
    /// masks per image.
    /// </param>
    /// <param name="options">
    /// Options of the detector; null: the defaults. A <see cref="DetectorOptions.MinScore"/> overrides the choice.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The model is missing, altered or invalid, or was not measured at the given recall; the options are invalid,
    /// or both a recall and a lowest score are given.
    /// </exception>
    public static Anonymiser Load(
        string? modelFolder = null,
        MaskOptions? mask = null,
        float? targetRecall = null,
        DetectorOptions? options = null)
    {
        var detector = FaceLoupeDetector.Load(modelFolder, options);
        try
        {
            return new Anonymiser(detector, Choice(detector, targetRecall), mask, 0, detector);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <summary>Disposes of the model, if <see cref="Load"/> loaded it.</summary>
    public void Dispose() => _owned?.Dispose();

    /// <summary>Hides the faces of an image.</summary>
    /// <param name="picture">The image, upright; it is not changed.</param>
    /// <param name="name">Its path or name.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public AnonymisedPicture Anonymise(
        Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var found = _find(picture, name, cancellationToken);
        return Mask(picture, _correct?.Invoke(found, name) ?? found);
    }

    /// <summary>The same with a person's corrections, which decide what is masked in an image or in a frame.</summary>
    /// <param name="correct">
    /// Takes the regions to be masked and the name, and returns those to mask. Null: all of them.
    /// </param>
    internal Anonymiser Correcting(Func<IReadOnlyList<FaceRegion>, string, IReadOnlyList<FaceRegion>>? correct) =>
        correct is null ? this : new Anonymiser(_find, _masker) { _correct = correct, _record = _record };

    /// <summary>
    /// The same, recording the faces found in each frame of a video that is read twice; none if it is not searched.
    /// </summary>
    internal Anonymiser Recording(List<IReadOnlyList<FaceRegion>> found) => new(_find, _masker) { _record = found };

    /// <summary>An anonymiser with the same masks that replays earlier results instead of searching.</summary>
    /// <param name="found">The faces of each of the following images, in order.</param>
    internal Anonymiser Replaying(IReadOnlyList<IReadOnlyList<FaceRegion>> found)
    {
        var next = 0;
        return new Anonymiser((_, _, _) => found[next++], _masker);
    }

    /// <summary>Which pixels of a masked image its masks cover, row by row.</summary>
    internal bool[] Cover(AnonymisedPicture masked) =>
        _masker.Cover(masked.Picture, masked.Regions.Select(region => region.Box));

    /// <summary>Masks what a second search found in a masked image.</summary>
    internal AnonymisedPicture MaskMore(AnonymisedPicture masked, IReadOnlyList<FaceRegion> left) =>
        Mask(masked.Picture, left) with { Regions = [.. masked.Regions, .. left] };

    private AnonymisedPicture Mask(Picture picture, IReadOnlyList<FaceRegion> regions)
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        _masker.Apply(copy, regions.Select(region => region.Box));
        return new AnonymisedPicture(copy, regions);
    }

    private static ThresholdChoice Choice(FaceLoupeDetector detector, float? targetRecall = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return ThresholdChoice.Of(detector.Model, new AnonymiserOptions
        {
            TargetRecall = targetRecall, MinScore = detector.GivenMinScore, Stages = detector.Stages,
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
        FaceLoupeDetector detector, float minFace) => (picture, name, cancellationToken) =>
    [
        .. detector.Detect(picture, name, cancellationToken).Faces.Where(face => !(face.Box.LongerSide < minFace))
            .Select(face => new FaceRegion(face.Box, face.Score)),
    ];
}
