using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>
/// EXTD and EResFD: one prior box per cell at strides 4 to 128, four strides wide; probabilities of background and
/// face, and deltas divided by 0.1 (centre) and 0.2 (size).
/// </summary>
/// <param name="name">Name of the family.</param>
/// <param name="confidentScore">See <see cref="DetectorFormat"/>.</param>
/// <param name="input">Name of the input.</param>
/// <param name="heightRatio">Height of a prior over its width: 1 for EXTD, 1.25 for EResFD.</param>
internal sealed class PriorBoxFormat(string name, float confidentScore, string input, float heightRatio)
    : DetectorFormat(
        name, confidentScore, new DetectorInput(input, Mean: (123, 117, 104), Multiple: 128), ["conf", "loc"])
{
    private const int StridesOfPrior = 4;
    private static readonly int[] Strides = [4, 8, 16, 32, 64, 128];

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        var (conf, loc, first) = (values[0], values[1], 0);
        foreach (var stride in Strides)
        {
            var (columns, cells) = (width / stride, width / stride * (height / stride));
            for (var cell = 0; cell < cells; cell++)
            {
                var i = first + cell;
                if (conf[(i * 2) + 1] >= LowestScore)
                {
                    float side = stride * StridesOfPrior;
                    var prior = Box.FromCenter(
                        ((cell % columns) + 0.5f) * stride, ((cell / columns) + 0.5f) * stride, side,
                        side * heightRatio);
                    var delta = new BoxDelta(loc[i * 4], loc[(i * 4) + 1], loc[(i * 4) + 2], loc[(i * 4) + 3]);
                    yield return new ScoredBox(delta.Decode(prior), conf[(i * 2) + 1]);
                }
            }

            first += cells;
        }
    }
}
