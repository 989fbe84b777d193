using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>SCRFD with landmarks: scores, edge distances, landmarks at strides 8 to 32, two anchors a cell.</summary>
internal sealed class ScrfdFormat(string input, int side, IReadOnlyList<string> outputs) : DetectorFormat(
    "scrfd", 0.45f, new DetectorInput(input, Mean: (127.5f, 127.5f, 127.5f), Scale: 1 / 128f, Side: side), outputs)
{
    private const int Anchors = 2;
    private static readonly int[] Strides = [8, 16, 32];

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        for (var level = 0; level < Strides.Length; level++)
        {
            var (scores, edges, stride) = (values[level], values[level + Strides.Length], Strides[level]);
            for (var i = 0; i < scores.Length; i++)
            {
                if (scores[i] >= LowestScore)
                {
                    float x = i / Anchors % (width / stride) * stride, y = i / Anchors / (width / stride) * stride;
                    yield return new ScoredBox(
                        Box.FromCorners(
                            x - (edges[i * 4] * stride), y - (edges[(i * 4) + 1] * stride),
                            x + (edges[(i * 4) + 2] * stride), y + (edges[(i * 4) + 3] * stride)),
                        scores[i]);
                }
            }
        }
    }
}
