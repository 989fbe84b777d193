using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FaceLoupe.Tests.Evaluation;

/// <summary>
/// YuNet (yunet_n) at an image's own size: a detector with known figures, to prove an evaluator with. Its score is
/// the root of class times objectness; boxes are relative to the cell and its stride.
/// </summary>
internal sealed class YuNetPeer(string path) : IDisposable
{
    private const int Multiple = 32;
    private const float LowestScore = 0.01f;
    private const float NmsThreshold = 0.45f;

    private readonly InferenceSession _session = new(path, new SessionOptions { IntraOpNumThreads = 1 });

    public void Dispose() => _session.Dispose();

    public IReadOnlyList<ScoredBox> Detect(Picture picture)
    {
        using var outputs = _session.Run([NamedOnnxValue.CreateFromTensor("input", Blob(picture))]);
        var named = outputs.ToDictionary(output => output.Name, output => output.AsTensor<float>().ToArray());
        var width = RoundUp(picture.Width);
        var found = new int[] { 8, 16, 32 }.SelectMany(stride => Decode(named, stride, width / stride)).ToArray();
        var kept = NonMaxSuppression.Keep(
            Array.ConvertAll(found, box => box.Box), Array.ConvertAll(found, box => (float)box.Score), NmsThreshold);
        return Array.ConvertAll(kept, index => found[index]);
    }

    private static DenseTensor<float> Blob(Picture picture)
    {
        var blob = new DenseTensor<float>([1, 3, RoundUp(picture.Height), RoundUp(picture.Width)]);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var at = picture.OffsetOf(x, y);
                for (var channel = 0; channel < 3; channel++)
                {
                    blob[0, channel, y, x] = picture.Pixels[at + 2 - channel];
                }
            }
        }

        return blob;
    }

    private static IEnumerable<ScoredBox> Decode(Dictionary<string, float[]> outputs, int stride, int columns)
    {
        var (cls, obj, box) = (outputs[$"cls_{stride}"], outputs[$"obj_{stride}"], outputs[$"bbox_{stride}"]);
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

    private static int RoundUp(int side) => (side + Multiple - 1) / Multiple * Multiple;
}
