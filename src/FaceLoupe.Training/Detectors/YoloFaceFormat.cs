using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>
/// YOLOv5 for faces, raw heads [1, 3, rows, columns, 16] at strides 8, 16 and 32: centre, size, objectness, five
/// landmarks, class; all but the landmarks as logits.
/// </summary>
internal sealed class YoloFaceFormat(string input, int side) : DetectorFormat(
    "yolov5-face", 0.48f, new DetectorInput(input, Scale: 1 / 255f, Side: side, Padding: 114),
    ["stride_8", "stride_16", "stride_32"])
{
    private const int Fields = 16;
    private static readonly (int Stride, (int Width, int Height)[] Anchors)[] Levels =
    [
        (8, [(4, 5), (8, 10), (13, 16)]),
        (16, [(23, 29), (43, 55), (73, 105)]),
        (32, [(146, 217), (231, 300), (335, 433)]),
    ];

    public override IEnumerable<ScoredBox> Decode(IReadOnlyList<float[]> values, int width, int height)
    {
        for (var level = 0; level < Levels.Length; level++)
        {
            var (head, (stride, anchors)) = (values[level], Levels[level]);
            var (columns, cells) = (width / stride, width / stride * (height / stride));
            for (var i = 0; i < head.Length / Fields; i++)
            {
                var at = i * Fields;
                var score = Sigmoid(head[at + 4]) * Sigmoid(head[at + 15]);
                if (score >= LowestScore)
                {
                    var (anchor, cell) = (anchors[i / cells], i % cells);
                    yield return new ScoredBox(
                        Box.FromCenter(
                            ((2 * Sigmoid(head[at])) - 0.5f + (cell % columns)) * stride,
                            ((2 * Sigmoid(head[at + 1])) - 0.5f + (cell / columns)) * stride,
                            MathF.Pow(2 * Sigmoid(head[at + 2]), 2) * anchor.Width,
                            MathF.Pow(2 * Sigmoid(head[at + 3]), 2) * anchor.Height),
                        score);
                }
            }
        }
    }
}
