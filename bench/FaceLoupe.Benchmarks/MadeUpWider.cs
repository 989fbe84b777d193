using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Benchmarks;

/// <summary>Ground truth and predictions of the size of the WIDER FACE validation set, from a seed.</summary>
internal static class MadeUpWider
{
    private const int Pictures = 3226;
    private const int FacesOfAPicture = 12;
    private const int BoxesOfAPicture = 38;

    /// <summary>Makes both.</summary>
    public static (WiderFaceGroundTruth Truth, Dictionary<string, IReadOnlyList<ScoredBox>> Boxes) Make(int seed)
    {
        var random = new Random(seed);
        var pictures = new List<WiderFacePicture>();
        var boxes = new Dictionary<string, IReadOnlyList<ScoredBox>>(StringComparer.Ordinal);
        for (var i = 0; i < Pictures; i++)
        {
            Box[] faces = [.. Enumerable.Range(0, random.Next(1, 2 * FacesOfAPicture)).Select(_ => AnyBox(random))];
            bool[] kept = [.. faces.Select(_ => random.Next(4) > 0)];
            var picture = new WiderFacePicture(
                "0--Made_up", FormattableString.Invariant($"{i}"), faces, [kept, kept, kept]);
            pictures.Add(picture);
            boxes[picture.Key] =
            [
                .. Enumerable.Range(0, random.Next(2 * BoxesOfAPicture)).Select(_ => new ScoredBox(
                    random.Next(2) == 0 ? faces[random.Next(faces.Length)] : AnyBox(random), random.NextDouble())),
            ];
        }

        return (new WiderFaceGroundTruth(pictures), boxes);
    }

    private static Box AnyBox(Random random) =>
        new(random.Next(1000), random.Next(700), random.Next(6, 90), random.Next(6, 90));
}
