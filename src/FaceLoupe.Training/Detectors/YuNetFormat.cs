using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>YuNet: class, objectness, box and five landmarks per cell at strides 8, 16 and 32.</summary>
internal sealed class YuNetFormat(string input) : DetectorFormat(
    "yunet", 0.72f, new DetectorInput(input, BlueFirst: true), [.. Strides.SelectMany(Names)])
{
    private const int OutputsOfLevel = 4;
    private const int Numbers = 2 * FaceLandmarks.Count;
    private static readonly int[] Strides = [8, 16, 32];

    public override bool PredictsLandmarks => true;

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        for (var level = 0; level < Strides.Length; level++)
        {
            var first = level * OutputsOfLevel;
            var (cls, obj, box, points) = (values[first], values[first + 1], values[first + 2], values[first + 3]);
            var (stride, columns) = (Strides[level], width / Strides[level]);
            for (var i = 0; i < cls.Length; i++)
            {
                var score = MathF.Sqrt(Math.Clamp(cls[i], 0, 1) * Math.Clamp(obj[i], 0, 1));
                if (score >= LowestScore)
                {
                    yield return new ScoredBox(
                        Box.FromCenter(
                            ((i % columns) + box[i * 4]) * stride, ((i / columns) + box[(i * 4) + 1]) * stride,
                            MathF.Exp(box[(i * 4) + 2]) * stride, MathF.Exp(box[(i * 4) + 3]) * stride),
                        score)
                    {
                        Landmarks = FaceLandmarks.Of(points.AsSpan(Numbers * i, Numbers))
                            .Translate(i % columns, i / columns).Scale(stride, stride),
                    };
                }
            }
        }
    }

    private static string[] Names(int stride) => [.. new[] { "cls", "obj", "bbox", "kps" }.Select(
        part => FormattableString.Invariant($"{part}_{stride}"))];
}
