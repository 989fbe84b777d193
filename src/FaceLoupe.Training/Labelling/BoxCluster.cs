using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Labelling;

/// <summary>Boxes of different teachers on one face, the surest first; at most one box a teacher.</summary>
internal sealed class BoxCluster(TeacherBox first)
{
    private readonly List<TeacherBox> members = [first];

    public IReadOnlyList<TeacherBox> Members => members;

    /// <summary>How many teachers see it.</summary>
    public int Teachers => members.Count;

    /// <summary>Confidence of the surest teacher.</summary>
    public float Surest => members[0].Confidence;

    /// <summary>Mean confidence of the teachers that see it.</summary>
    public float Mean => members.Average(member => member.Confidence);

    /// <summary>Mean of the members' boxes, each counting as much as its teacher is sure.</summary>
    public Box Box
    {
        get
        {
            var sum = members.Sum(member => member.Confidence);
            return new Box(
                members.Sum(member => member.Box.X * member.Confidence) / sum,
                members.Sum(member => member.Box.Y * member.Confidence) / sum,
                members.Sum(member => member.Box.Width * member.Confidence) / sum,
                members.Sum(member => member.Box.Height * member.Confidence) / sum);
        }
    }

    public bool Has(int teacher) => members.Exists(member => member.Teacher == teacher);

    public void Add(TeacherBox box) => members.Add(box);
}
