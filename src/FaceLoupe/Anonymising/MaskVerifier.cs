using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Searches masked images again, at the same threshold, for faces that no mask hides: those that another face
/// suppressed, and those that appear after the file's compression. Not at a lower threshold: near a model's lowest,
/// there are more uncertain regions than faces (docs/decisions/0021). By <see cref="MaskEvaluator"/>'s rule, a region
/// that masks cover by three quarters is a detected mask, not a face.
/// </summary>
public sealed class MaskVerifier
{
    /// <summary>
    /// Maximum number of searches of one image: the faces that each finds are masked too, and an image with
    /// faces left in the last search needs a person's review.
    /// </summary>
    public const int MostSearches = 8;

    private readonly Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> _find;
    private readonly MaskEvaluator _rule;

    /// <summary>Makes a verifier for what an anonymiser with these options masks.</summary>
    /// <param name="bundle">The model; must outlive the verifier, which does not dispose it.</param>
    /// <param name="options">The options of the anonymiser; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public MaskVerifier(ModelBundle bundle, AnonymiserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        options ??= new();
        Threshold = ThresholdChoice.Of(bundle.Manifest, options).Threshold;
        _find = Anonymiser.FindWith(Anonymiser.Detector(bundle, options).From(Threshold), options.MinFace);
        _rule = new MaskEvaluator(new MaskEvaluationOptions { Mask = options.Mask });
    }

    /// <summary>Makes a verifier with any detector of faces.</summary>
    /// <param name="find">The faces of an image; called once per search, with the image's name.</param>
    /// <param name="threshold">Lowest score of a face that it reports, from 0 to 1.</param>
    /// <param name="mask">How faces were hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public MaskVerifier(
        Func<Picture, string, CancellationToken, IReadOnlyList<FaceRegion>> find, float threshold,
            MaskOptions? mask = null)
    {
        ArgumentNullException.ThrowIfNull(find);
        (_find, Threshold) = (find, threshold);
        _rule = new MaskEvaluator(new MaskEvaluationOptions { Mask = mask ?? new() });
    }

    /// <summary>Lowest score of a region that it reports, from 0 to 1.</summary>
    public float Threshold { get; }

    /// <summary>What a masked image still shows.</summary>
    /// <param name="written">The masked image, as it is read from its file.</param>
    /// <param name="masked">What is masked in it.</param>
    /// <param name="name">Its path or name.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public IReadOnlyList<FaceRegion> Left(
        Picture written, IReadOnlyList<FaceRegion> masked, string name = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masked);
        return
        [
            .. _find(written, name, cancellationToken)
                .Where(region => !_rule.IsHidden(region.Box, masked.Select(mask => mask.Box)))
                .Select(region => region with { Verified = true }),
        ];
    }
}

/// <summary>The result of searching masked images again.</summary>
/// <param name="Threshold">Lowest score of the search, from 0 to 1.</param>
/// <param name="Searches">How often the file was searched, at least 1; the last time nothing was left.</param>
/// <param name="MaskedAgain">Regions that were masked in addition, over all frames.</param>
public readonly record struct VerifyTally(float Threshold, int Searches, long MaskedAgain);
