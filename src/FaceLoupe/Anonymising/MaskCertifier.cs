using System.Globalization;
using FaceLoupe.Evaluation;
using FaceLoupe.Models;
using FaceLoupe.Scoring;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Finds the threshold with the fewest false-positive masks that is still safe on a user's own images: at the requested
/// confidence, at most the requested share of further such images shows a face. The only assumption is that future
/// images are drawn from the same distribution. A face is hidden as <see cref="MaskEvaluator"/> says; an image with
/// several faces has a miss if one of them is not. Images without a face cannot have a miss and do not count.
/// </summary>
public sealed class MaskCertifier
{
    private readonly double _miss;
    private readonly double _confidence;
    private readonly AnonymiserOptions _options;

    /// <summary>Makes a certifier.</summary>
    /// <param name="miss">Share of images that may show a face, above 0 and below 1. Default 0.05.</param>
    /// <param name="confidence">Confidence of the certificate, above 0 and below 1. Default 0.95.</param>
    /// <param name="options">Masks and smallest face; null: the defaults. Its thresholds are ignored.</param>
    /// <exception cref="FaceLoupeException">A number is out of its range.</exception>
    public MaskCertifier(double miss = 0.05, double confidence = 0.95, AnonymiserOptions? options = null)
    {
        foreach (var (name, share) in new[] { ("miss", miss), ("confidence", confidence) })
        {
            if (!(share is > 0 and < 1))
            {
                throw new FaceLoupeException(
                    Text($"The {name} of a certificate is {share}; expected a share above 0 and below 1, ")
                    + "such as 0.05 and 0.95.");
            }
        }

        (_miss, _confidence, _options) = (miss, confidence, options ?? new());
        _options.Mask.Validate();
    }

    /// <summary>
    /// The thresholds that are tested, lowest first: 0, then every quarter of a logit from -9 to 4. Fixed, so that the
    /// tested thresholds do not depend on the images.
    /// </summary>
    public static IReadOnlyList<float> Grid { get; } =
        [0, .. Enumerable.Range(-36, 53).Select(quarter => MathF.Round(Logistic.Sigmoid(quarter / 4f), 6))];

    /// <summary>Fewest images with faces that can do, if none of them shows a face: 59 for 0.05 at 0.95.</summary>
    public int PicturesNeeded => BinomialTest.PicturesNeeded(_miss, _confidence);

    /// <summary>Tests the thresholds.</summary>
    /// <param name="model">The model that found the regions.</param>
    /// <param name="pictures">
    /// The annotated images, each once, with every region that the model finds at a lowest score of 0; scores are
    /// from 0 to 1.
    /// </param>
    /// <param name="picturesSha256">SHA-256 that identifies the images in the certificate.</param>
    /// <exception cref="FaceLoupeException">There are too few images, or too many show a face at every
    /// threshold.</exception>
    public MaskCertificate Certify(ModelManifest model, IReadOnlyList<EvaluatedPicture> pictures, string picturesSha256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pictures);
        EvaluatedPicture[] counted =
            [.. pictures.Where(picture => picture.Faces.Any(face => !face.Invalid && face.Box.IsValid))];
        if (counted.Length < PicturesNeeded)
        {
            throw new FaceLoupeException(
                Text($"{counted.Length} images with faces are too few: for at most {_miss} of the images with ")
                + Text($"a confidence of {_confidence} at least {PicturesNeeded} are needed, none of which shows a ")
                + "face, and more if some do.");
        }

        var masks = new MaskEvaluationOptions { Mask = _options.Mask };
        var evaluation = new MaskEvaluator(masks).Evaluate(counted);
        var misses = Grid.Select(threshold => evaluation.PicturesWithMiss(threshold)).ToArray();
        var last = BinomialTest.LastThatHolds(misses, counted.Length, _miss, _confidence);
        return last < 0
            ? throw new FaceLoupeException(TooMany(misses[0], counted.Length))
            : new MaskCertificate
            {
                Created = DateTimeOffset.UtcNow,
                Model = $"{model.Name} {model.Version}",
                ModelSha256 = MaskCertificate.HashOf(model),
                Shape = _options.Mask.Shape,
                MaskScale = _options.Mask.Scale,
                HiddenShare = masks.HiddenShare,
                MinFace = _options.MinFace,
                Miss = _miss,
                Confidence = _confidence,
                Threshold = Grid[last],
                Pictures = counted.Length,
                PicturesWithMiss = misses[last],
                PicturesWithoutFaces = pictures.Count - counted.Length,
                FalsePositiveMasksPerPicture = Math.Round(evaluation.FalsePositives(Grid[last]), 4),
                PicturesSha256 = picturesSha256,
            };
    }

    private string TooMany(int misses, int pictures)
    {
        var allowed = BinomialTest.MissesAllowed(pictures, _miss, _confidence);
        return Text($"{misses} of {pictures} images show a face even where every region that is found is masked; ")
            + Text($"for at most {_miss} with a confidence of {_confidence} no more than {allowed} may. Larger masks, ")
            + "another model, or a higher --miss can be certified; more images help only where the rate itself is "
            + "low enough.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
