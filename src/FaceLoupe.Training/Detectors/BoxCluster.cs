using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Detectors;

/// <summary>Boxes of different detectors on one face, the most confident first; at most one box per detector.</summary>
internal sealed class BoxCluster(DetectorBox first)
{
    /// <summary>
    /// Largest mean distance of two detectors' landmarks, over the root of the box's area, at which both mean the same.
    /// </summary>
    public const float SamePoints = 0.1f;

    private readonly List<DetectorBox> members = [first];

    public IReadOnlyList<DetectorBox> Members => members;

    /// <summary>How many detectors see it.</summary>
    public int DetectorCount => members.Count;

    /// <summary>Confidence of the most confident detector.</summary>
    public float Highest => members[0].Confidence;

    /// <summary>Mean confidence of the detectors that see it.</summary>
    public float Mean => members.Average(member => member.Confidence);

    /// <summary>Mean of the members' boxes, each counting as much as its detector is confident.</summary>
    public Box Box { get; private set; } = first.Box;

    /// <summary>
    /// The mean of the detectors' landmarks where two or more predict them and agree: no two of them differ by more
    /// than <see cref="SamePoints"/> of the box. Null otherwise.
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
