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
    public Box Box { get; private set; } = first.Box;

    public bool Has(int teacher) => members.Exists(member => member.Teacher == teacher);

    public void Add(TeacherBox box)
    {
        members.Add(box);
        var share = box.Confidence / members.Sum(member => member.Confidence);
        var (mean, added) = (Box.Scale(1 - share), box.Box.Scale(share));
        Box = new Box(mean.X + added.X, mean.Y + added.Y, mean.Width + added.Width, mean.Height + added.Height);
    }
}
