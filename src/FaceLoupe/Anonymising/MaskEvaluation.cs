using FaceLoupe.Evaluation;

namespace FaceLoupe.Anonymising;

/// <summary>How many faces masks hide, and how many masks hide none, at any threshold.</summary>
public sealed class MaskEvaluation
{
    private readonly IReadOnlyList<HiddenFace> _faces;
    private readonly IReadOnlyList<ScoredSide> _falsePositives;

    internal MaskEvaluation(int pictures, IReadOnlyList<HiddenFace> faces, IReadOnlyList<ScoredSide> falsePositives) =>
        (Pictures, _faces, _falsePositives) = (pictures, faces, falsePositives);

    /// <summary>Number of images.</summary>
    public int Pictures { get; }

    /// <summary>
    /// The share of the faces that are hidden where every box is masked, from 0 to 1; null if there is no face.
    /// </summary>
    public double? Ceiling => Hidden(double.NegativeInfinity);

    /// <summary>The share of the faces that are hidden, from 0 to 1; null if the band holds no face.</summary>
    /// <param name="threshold">Lowest score of a masked box, on the scale of the predictions.</param>
    /// <param name="band">Faces of these sizes; null: all.</param>
    public double? Hidden(double threshold, SizeBand? band = null)
    {
        var faces = _faces.Where(face => band?.Holds(face.LongerSide) ?? true).ToArray();
        return faces.Length == 0 ? null : faces.Count(face => face.From >= threshold) / (double)faces.Length;
    }

    /// <summary>False-positive masks per image, at least 0.</summary>
    /// <param name="threshold">Lowest score of a masked box, on the scale of the predictions.</param>
    /// <param name="band">Those that count for this band, by their size; null: all.</param>
    public double FalsePositives(double threshold, SizeBand? band = null) =>
        _falsePositives.Count(mask => mask.Score >= threshold && (band?.CountsFalsePositive(mask.LongerSide) ?? true))
        / (double)Pictures;

    /// <summary>Images in which a face or more is not hidden.</summary>
    /// <param name="threshold">Lowest score of a masked box, on the scale of the predictions.</param>
    public int PicturesWithMiss(double threshold) =>
        _faces.Where(face => !(face.From >= threshold)).Select(face => face.Picture).Distinct().Count();

    /// <summary>The highest threshold that hides a share of all faces; null if none does.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double? ThresholdFor(double share)
    {
        var scores = _faces.Select(face => face.From).OfType<double>().OrderDescending().ToArray();
        var expected = Math.Max((int)Math.Ceiling((share * _faces.Count) - 1e-9), 1);
        return expected <= scores.Length ? scores[expected - 1] : null;
    }
}

/// <summary>A face in the n-th image, and the lowest score that must be masked for it to be hidden; null: it never
/// is.</summary>
internal readonly record struct HiddenFace(int Picture, float LongerSide, double? From);

/// <summary>A mask's box by the longer side, in pixels, with its score.</summary>
internal readonly record struct ScoredSide(float LongerSide, double Score);
