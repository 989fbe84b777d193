using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Counts how many annotated faces masks would hide, and how many masks would be false positives. Unlike <see
/// cref="BoxEvaluator"/> it does not measure how well a box fits: a box that is too large, or two that each hit a half,
/// hide a face as well.
/// </summary>
public sealed class MaskEvaluator
{
    // Points along each side of a face's box; of 256 about 200 lie in the ellipse.
    private const int Samples = 16;

    private static readonly (float X, float Y)[] s_face = SampleEllipse();

    private readonly MaskEvaluationOptions _options;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public MaskEvaluator(MaskEvaluationOptions? options = null)
    {
        _options = options ?? new MaskEvaluationOptions();
        _options.Validate();
    }

    /// <summary>Evaluates images, one after the other: they need not be in memory at once.</summary>
    /// <exception cref="FaceLoupeException">There is no image, or a prediction is not finite.</exception>
    public MaskEvaluation Evaluate(IEnumerable<EvaluatedPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var (faces, falsePositives, count) = (new List<HiddenFace>(), new List<ScoredSide>(), 0);
        foreach (var picture in pictures)
        {
            count++;
            PictureMatcher.RefuseUnlessFinite(picture);
            ScoredBox[] masks = [.. picture.Predictions.OrderByDescending(prediction => prediction.Score)];
            faces.AddRange(picture.Faces.Where(face => !face.Invalid && face.Box.IsValid)
                .Select(face => new HiddenFace(count, face.Box.LongerSide, HiddenFrom(face.Box, masks))));
            falsePositives.AddRange(masks.Where(mask => IsFalsePositive(mask.Box, picture.Faces))
                .Select(mask => new ScoredSide(mask.Box.LongerSide, mask.Score)));
        }

        return count > 0
            ? new MaskEvaluation(count, faces, falsePositives)
            : throw new FaceLoupeException("No image to evaluate; expected at least one annotated image.");
    }

    /// <summary>Whether masks over these boxes, together, hide a face.</summary>
    internal bool IsHidden(in Box face, IEnumerable<Box> boxes) =>
        HiddenFrom(face, [.. boxes.Select(box => new ScoredBox(box, 0))]) is not null;

    // Masks by falling score, until one covers enough of the face.
    private double? HiddenFrom(in Box face, ScoredBox[] masks)
    {
        var bare = new List<(float X, float Y)>(s_face.Length);
        foreach (var (x, y) in s_face)
        {
            bare.Add((face.X + (face.Width * x), face.Y + (face.Height * y)));
        }

        var enough = (1 - _options.HiddenShare) * s_face.Length;
        foreach (var mask in masks)
        {
            var outline = mask.Box.Enlarge(_options.Mask.Scale);
            if (!(Overlap.Intersection(outline, face) > 0))
            {
                continue;
            }

            bare.RemoveAll(point => Covers(outline, point));
            if (bare.Count <= enough)
            {
                return mask.Score;
            }
        }

        return null;
    }

    private bool Covers(in Box outline, (float X, float Y) point)
    {
        var x = (point.X - outline.CenterX) / (outline.Width / 2);
        var y = (point.Y - outline.CenterY) / (outline.Height / 2);
        return _options.Mask.Shape == MaskShape.Box ? Math.Abs(x) <= 1 && Math.Abs(y) <= 1 : (x * x) + (y * y) <= 1;
    }

    private bool IsFalsePositive(Box mask, IReadOnlyList<FaceAnnotation> faces) =>
        faces.All(face => Overlap.IoU(mask, face.Box) < _options.FalsePositiveBelow);

    private static (float X, float Y)[] SampleEllipse()
    {
        var steps = Enumerable.Range(0, Samples).Select(i => (i + 0.5f) / Samples).ToArray();
        return [.. steps.SelectMany(_ => steps, (x, y) => (x, y))
            .Where(point => MathF.Pow(point.x - 0.5f, 2) + MathF.Pow(point.y - 0.5f, 2) <= 0.25f)];
    }
}
