using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Labelling;

/// <summary>
/// How the boxes of detectors differ from the annotations: data sets differ in how wide a box is and whether it
/// includes the forehead.
/// </summary>
internal sealed class BoxStyle(string name)
{
    private const float LeastIoU = 0.3f;
    private readonly List<(float Width, float Height, float X, float Y, float IoU)> pairs = [];

    public string Name => name;

    /// <summary>Number of boxes that were compared with an annotation.</summary>
    public int Count => pairs.Count;

    /// <summary>Median width of a box over that of its annotation.</summary>
    public float Width => Median(pair => pair.Width);

    /// <summary>Median height of a box over that of its annotation.</summary>
    public float Height => Median(pair => pair.Height);

    /// <summary>Median offset of the centre to the right, in widths of the annotation.</summary>
    public float X => Median(pair => pair.X);

    /// <summary>Median offset of the centre downwards, in heights of the annotation.</summary>
    public float Y => Median(pair => pair.Y);

    /// <summary>Median IoU.</summary>
    public float IoU => Median(pair => pair.IoU);

    /// <summary>Compares boxes with the annotations that they overlap best.</summary>
    public void Add(IEnumerable<Box> boxes, IReadOnlyList<FaceAnnotation> known)
    {
        foreach (var box in boxes)
        {
            var face = known.MaxBy(candidate => Overlap.IoU(box, candidate.Box))?.Box ?? default;
            if (Overlap.IoU(box, face) >= LeastIoU)
            {
                Add(box, face);
            }
        }
    }

    /// <summary>Compares a box with the annotation of the same face.</summary>
    public void Add(in Box box, in Box face) => pairs.Add((
        box.Width / face.Width, box.Height / face.Height, (box.CenterX - face.CenterX) / face.Width,
        (box.CenterY - face.CenterY) / face.Height, Overlap.IoU(box, face)));

    /// <summary>An annotated box in this style; unchanged if nothing was compared.</summary>
    public Box Map(in Box face) => Count == 0
        ? face
        : Box.FromCenter(
            face.CenterX + (X * face.Width), face.CenterY + (Y * face.Height), face.Width * Width,
            face.Height * Height);

    private float Median(Func<(float Width, float Height, float X, float Y, float IoU), float> field)
    {
        var values = pairs.Select(field).Order().ToArray();
        return values.Length == 0 ? float.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
