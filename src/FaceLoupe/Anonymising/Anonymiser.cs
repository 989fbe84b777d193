using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Finds and hides faces: in single pictures, and in the frames of a video with the gaps filled. A face that the
/// detector misses stays visible. Safe to use from many threads as far as the detector is.
/// </summary>
public sealed class Anonymiser : IDisposable
{
    private readonly FaceLoupeDetector? _owned;
    private readonly Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> _find;
    private readonly FaceMasker _masker;

    /// <summary>Makes an anonymiser of a detector.</summary>
    /// <param name="detector">
    /// Finds the faces; all that it reports is masked, so its <see cref="DetectorOptions.MinScore"/> decides. See
    /// <see cref="ThresholdChoice"/>.
    /// </param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are impossible.</exception>
    public Anonymiser(FaceLoupeDetector detector, MaskOptions? mask = null)
        : this(FindWith(detector), mask)
    {
    }

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

    private Anonymiser(FaceLoupeDetector owned, MaskOptions? mask, ThresholdChoice threshold)
        : this(owned, mask)
    {
        _owned = owned;
        Threshold = threshold;
    }

    /// <summary>
    /// The score from which a box is masked and what was measured at it, where <see cref="Load"/> chose it; else null.
    /// </summary>
    public ThresholdChoice? Threshold { get; }

    /// <summary>
    /// Loads a model and makes an anonymiser of it, with the threshold that <see cref="ThresholdChoice.Of"/> chooses:
    /// lower than that of a detector, since a face that is missed stays visible.
    /// </summary>
    /// <param name="modelFolder">
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </param>
    /// <param name="mask">How faces are hidden; null: the defaults.</param>
    /// <param name="targetRecall">
    /// Share of faces to be hidden, from 0 to 1; null (the default): what a few needless masks a picture buy.
    /// </param>
    /// <param name="options">
    /// Options of the detector; null: the defaults. A <see cref="DetectorOptions.MinScore"/> takes the place of the
    /// choice.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The model is missing, altered or unsound, was not measured at the recall asked for, or options are impossible.
    /// </exception>
    /// <exception cref="ArgumentException">A recall and a lowest score are both asked for.</exception>
    public static Anonymiser Load(
        string? modelFolder = null,
        MaskOptions? mask = null,
        float? targetRecall = null,
        DetectorOptions? options = null)
    {
        ThresholdChoice? choice = null;
        var detector = FaceLoupeDetector.Load(modelFolder, options, manifest =>
        {
            choice = ThresholdChoice.Of(manifest, targetRecall, options?.MinScore);
            return choice.Threshold;
        });
        try
        {
            return new Anonymiser(detector, mask, choice!);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <summary>Gives back the model, where <see cref="Load"/> loaded it.</summary>
    public void Dispose() => _owned?.Dispose();

    /// <summary>Hides the faces of a picture.</summary>
    /// <param name="picture">The picture, upright; it is not changed.</param>
    /// <param name="name">Its path or name.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public AnonymisedPicture Anonymise(
        Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Mask(picture, _find(picture, name, cancellationToken));
    }

    /// <summary>Hides the faces of a video frame by frame; at most <paramref name="carry"/> + 1 are held.</summary>
    /// <param name="frames">The frames in order, upright; they are not changed.</param>
    /// <param name="name">Path or name of the video.</param>
    /// <param name="carry">
    /// How many frames a box is carried forward and backward, see <see cref="FaceTracker(int)"/>.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public IEnumerable<AnonymisedPicture> Anonymise(
        IEnumerable<Picture> frames,
        string name = "",
        int carry = FaceTracker.DefaultCarry,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var found = frames.Select(frame => (frame, _find(frame, name, cancellationToken)));
        return new FaceTracker(carry).Follow(found).Select(item => Mask(item.Frame, item.Regions));
    }

    private AnonymisedPicture Mask(Picture picture, IReadOnlyList<FaceRegion> regions)
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        _masker.Apply(copy, regions.Select(region => region.Box));
        return new AnonymisedPicture(copy, regions);
    }

    private static Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> FindWith(
        FaceLoupeDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return (picture, name, cancellationToken) =>
        [
            .. detector.Detect(picture, name, cancellationToken).Faces.Select(face => new FaceRegion(face.Box, face.Score)),
        ];
    }
}
