using System.Numerics;

namespace FaceLoupe.Geometry;

/// <summary>
/// The boxes that a non-maximum suppression has kept so far, best first. A box is compared with those kept, not each
/// kept box with all that follow: with a limit, the many weak boxes at the end are never compared. Several kept boxes
/// are compared at once, with the same operations in the same order as <see cref="Overlap.IoU"/>, so the results are
/// bit-identical.
/// </summary>
/// <param name="iouThreshold">IoU above which a box is suppressed.</param>
internal sealed class KeptBoxes(float iouThreshold)
{
    // Length a multiple of the vectors'; empty boxes fill the end and overlap nothing.
    private float[] _left = new float[16 * Vector<float>.Count];
    private float[] _top = new float[16 * Vector<float>.Count];
    private float[] _right = new float[16 * Vector<float>.Count];
    private float[] _bottom = new float[16 * Vector<float>.Count];
    private float[] _area = new float[16 * Vector<float>.Count];
    private readonly List<int> _indices = [];
    private readonly List<Box> _boxes = [];

    /// <summary>How many boxes are kept.</summary>
    public int Count => _boxes.Count;

    /// <summary>Their indices as they were added.</summary>
    public int[] Indices => [.. _indices];

    /// <summary>A kept box by its position.</summary>
    public Box this[int position] => _boxes[position];

    /// <summary>Keeps a box.</summary>
    public void Add(int index, in Box box)
    {
        var position = _boxes.Count;
        if (position == _left.Length)
        {
            Array.Resize(ref _left, 2 * position);
            Array.Resize(ref _top, 2 * position);
            Array.Resize(ref _right, 2 * position);
            Array.Resize(ref _bottom, 2 * position);
            Array.Resize(ref _area, 2 * position);
        }

        (_left[position], _top[position], _right[position], _bottom[position]) = (box.X, box.Y, box.Right, box.Bottom);
        _area[position] = box.Area;
        _indices.Add(index);
        _boxes.Add(box);
    }

    /// <summary>Position of the best kept box that overlaps this one too much; -1: none does.</summary>
    public int Suppressor(in Box box)
    {
        Vector<float> left = new(box.X), top = new(box.Y), right = new(box.Right), bottom = new(box.Bottom);
        Vector<float> area = new(box.Area), limit = new(iouThreshold);
        for (var start = 0; start < _boxes.Count; start += Vector<float>.Count)
        {
            var width = Vector.Min(new(_right, start), right) - Vector.Max(new(_left, start), left);
            var height = Vector.Min(new(_bottom, start), bottom) - Vector.Max(new(_top, start), top);
            var meet = Vector.GreaterThan(width, Vector<float>.Zero) & Vector.GreaterThan(height, Vector<float>.Zero);
            if (Vector.EqualsAll(meet, Vector<int>.Zero))
            {
                continue;
            }

            var intersection = Vector.ConditionalSelect(meet, width * height, Vector<float>.Zero);
            var union = new Vector<float>(_area, start) + area - intersection;
            var tooMuch = meet & Vector.GreaterThan(intersection / union, limit);
            if (!Vector.EqualsAll(tooMuch, Vector<int>.Zero))
            {
                return First(tooMuch, start);
            }
        }

        return -1;
    }

    private static int First(Vector<int> set, int start)
    {
        var lane = 0;
        while (set[lane] == 0)
        {
            lane++;
        }

        return start + lane;
    }
}
