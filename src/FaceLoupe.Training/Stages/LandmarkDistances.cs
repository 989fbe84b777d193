using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>
/// How far a discriminator's landmarks are from the known ones, and what their shape would do for its score of "face".
/// </summary>
internal sealed class LandmarkDistances
{
    // Weights of the shape that are tried: 0 is without.
    private static readonly double[] Weights = [0, 1, 2, 4, 8, 16];
    private readonly List<double> distances = [];
    private readonly List<(double Logit, double Shape, bool Face)> judged = [];

    /// <summary>Adds a batch; nothing if the network has no landmarks or none are known.</summary>
    public void Add(DiscriminatorOutput output, RegionTruth truth)
    {
        if (output.Landmarks is null || truth.Landmarks is null)
        {
            return;
        }

        var (found, expected) = (Numbers(output.Landmarks), Numbers(truth.Landmarks));
        var (known, labels, logits) = (Numbers(truth.HasLandmarks!), Numbers(truth.Labels), Numbers(output.Face));
        const int Length = 2 * FaceLandmarks.Count;
        for (var i = 0; i < known.Length; i++)
        {
            var points = FaceLandmarks.Of(found.AsSpan(i * Length, Length));
            // A region has lost its sides: it is taken for one of the usual shape.
            judged.Add((logits[i], points.Scale(FaceLandmarks.Aspect, 1).ShapeDistance, labels[i] == 1));
            if (known[i] == 1)
            {
                distances.Add(FaceLandmarks.Deviation * points.Points
                    .Zip(FaceLandmarks.Of(expected.AsSpan(i * Length, Length)).Points,
                        (a, b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)))
                    .Average());
            }
        }
    }

    /// <summary>
    /// Tells the mean distance, in sides of the proposal, the mean shape distance of faces and of non-faces, and the
    /// average precision of "face" with the shape at each weight.
    /// </summary>
    public void AddTo(Dictionary<string, double> values, string suffix)
    {
        if (distances.Count == 0)
        {
            return;
        }

        values["landmarkDistance" + suffix] = distances.Average();
        var faces = judged.Count(region => region.Face);
        if (faces == 0 || faces == judged.Count)
        {
            return;
        }

        values["shapeOfFaces" + suffix] = judged.Where(region => region.Face).Average(region => region.Shape);
        values["shapeOfNonFaces" + suffix] = judged.Where(region => !region.Face).Average(region => region.Shape);
        foreach (var weight in Weights)
        {
            var weighed = judged.Select(region => (region.Logit - (weight * region.Shape), region.Face)).ToList();
            values[FormattableString.Invariant($"faceApShape{weight}{suffix}")] =
                PrecisionRecallCurve.Of(weighed, faces).AveragePrecision;
        }
    }

    private static float[] Numbers(Tensor values) => values.contiguous().cpu().data<float>().ToArray();
}
