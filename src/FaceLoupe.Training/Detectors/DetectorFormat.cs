using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>Inputs and outputs of one family of face detectors.</summary>
/// <param name="name">Name of the family in reports.</param>
/// <param name="confidentScore">
/// Score from which about 19 of 20 boxes are right on small faces; scores of different families are compared by it.
/// </param>
/// <param name="input">Format of its image.</param>
/// <param name="outputs">Names of the outputs that <see cref="Decode"/> is given, in this order.</param>
internal abstract class DetectorFormat(
    string name, float confidentScore, DetectorInput input, IReadOnlyList<string> outputs)
{
    /// <summary>Boxes of lower scores are skipped.</summary>
    public const float LowestScore = 0.02f;

    public string Name => name;

    public float ConfidentScore => confidentScore;

    public DetectorInput Input => input;

    public IReadOnlyList<string> Outputs => outputs;

    /// <summary>Whether its boxes have landmarks.</summary>
    public virtual bool PredictsLandmarks => false;

    /// <summary>Reads the boxes of one run, before non-maximum suppression.</summary>
    /// <param name="values">The outputs' numbers, row-major.</param>
    /// <param name="width">Width of the network's input.</param>
    /// <param name="height">Height of the network's input.</param>
    /// <returns>Boxes in pixels of the input with scores from 0 to 1, and landmarks if the family has them.</returns>
    public abstract IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height);

    /// <summary>A score on a scale of all families: 0 at 0, 0.5 at <see cref="ConfidentScore"/>, 1 at 1.</summary>
    public float Confidence(double score) => (float)(score < confidentScore
        ? 0.5 * score / confidentScore
        : 0.5 + (0.5 * (score - confidentScore) / (1 - confidentScore)));

    protected static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
