using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Labelling;

/// <summary>YuNet: class, objectness and box a cell at strides 8, 16 and 32; boxes relative to the cell.</summary>
internal sealed class YuNetFormat(string input) : TeacherFormat(
    "yunet", 0.72f, new TeacherInput(input, BlueFirst: true), [.. Strides.SelectMany(Names)])
{
    private const int OutputsOfLevel = 3;
    private static readonly int[] Strides = [8, 16, 32];

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        for (var level = 0; level < Strides.Length; level++)
        {
            var first = level * OutputsOfLevel;
            var (cls, obj, box) = (values[first], values[first + 1], values[first + 2]);
            var (stride, columns) = (Strides[level], width / Strides[level]);
            for (var i = 0; i < cls.Length; i++)
            {
                var score = MathF.Sqrt(Math.Clamp(cls[i], 0, 1) * Math.Clamp(obj[i], 0, 1));
                if (score >= LowestScore)
                {
                    yield return new ScoredBox(
                        Box.FromCenter(
                            ((i % columns) + box[i * 4]) * stride,
                            ((i / columns) + box[(i * 4) + 1]) * stride,
                            MathF.Exp(box[(i * 4) + 2]) * stride,
                            MathF.Exp(box[(i * 4) + 3]) * stride),
                        score);
                }
            }
        }
    }

    private static string[] Names(int stride) => [.. new[] { "cls", "obj", "bbox" }.Select(
        part => FormattableString.Invariant($"{part}_{stride}"))];
}
