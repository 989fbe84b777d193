using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>Boxes of different detectors on one face, the most confident first; at most one box per detector.</summary>
internal sealed class BoxCluster(DetectorBox first)
{
    /// <summary>Maximum mean distance of two detectors' landmarks that agree, over the root of the area.</summary>
    public const float SamePoints = 0.1f;

    private readonly List<DetectorBox> members = [first];

    public IReadOnlyList<DetectorBox> Members => members;

    /// <summary>Number of detectors with a box in it.</summary>
    public int DetectorCount => members.Count;

    /// <summary>Confidence of the most confident detector.</summary>
    public float Highest => members[0].Confidence;

    /// <summary>Mean confidence of these detectors.</summary>
    public float Mean => members.Average(member => member.Confidence);

    /// <summary>Mean of the members' boxes, weighted by confidence.</summary>
    public Box Box { get; private set; } = first.Box;

    /// <summary>
    /// The mean of the detectors' landmarks if two or more predict them and all agree within <see cref="SamePoints"/>;
    /// null otherwise.
    /// </summary>
    public FaceLandmarks? Landmarks
    {
        get
        {
            FaceLandmarks[] reported = [.. members.Select(member => member.Landmarks).OfType<FaceLandmarks>()];
            var side = MathF.Sqrt(Box.Area);
            return reported.Length > 1 && reported.All(
                one => reported.All(other => Distance(one, other) <= SamePoints * side))
                ? FaceLandmarks.Of(
                    [.. Enumerable.Range(0, FaceLandmarks.Count).SelectMany(i => (float[])[
                        reported.Average(points => points.Points[i].X),
                        reported.Average(points => points.Points[i].Y)])])
                : null;
        }
    }

    public bool Has(int detector) => members.Exists(member => member.Detector == detector);

    public void Add(DetectorBox box)
    {
        members.Add(box);
        var share = box.Confidence / members.Sum(member => member.Confidence);
        var (mean, added) = (Box.Scale(1 - share), box.Box.Scale(share));
        Box = new Box(mean.X + added.X, mean.Y + added.Y, mean.Width + added.Width, mean.Height + added.Height);
    }

    private static double Distance(FaceLandmarks a, FaceLandmarks b) =>
        a.Points.Zip(b.Points, (p, q) => Math.Sqrt(Math.Pow(p.X - q.X, 2) + Math.Pow(p.Y - q.Y, 2))).Average();
}
