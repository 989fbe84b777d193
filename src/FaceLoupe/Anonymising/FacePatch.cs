using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// A face with a margin, small and grey: enough to check whether it is still where its box was carried to, in a
/// thousandth of the time of a search.
/// </summary>
internal sealed class FacePatch
{
    private const int Side = 12;
    private const int SamplesPerCell = 3;

    // The margin distinguishes a face from a wall and from its neighbour.
    private const float Context = 1.4f;

    // Correlation of lights; the same face a few frames later mostly has 0.7 and more, another place about 0.
    private const double LeastLikeness = 0.5;

    // Steps of 255; below, there is nothing to correlate.
    private const double Flat = 4;
    private const double SameLight = 24;

    // Cells that must be within the image in both frames.
    private const int LeastCells = Side * Side * 2 / 3;

    private readonly float[] _lights = new float[Side * Side]; // NaN beyond the image

    /// <summary>Looks at a place of an image.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="face">The face's box; it may reach beyond the image.</param>
    public FacePatch(Picture picture, in Box face)
    {
        var area = face.Enlarge(Context);
        for (var cell = 0; cell < _lights.Length; cell++)
        {
            _lights[cell] = LightOf(picture, area, cell % Side, cell / Side);
        }
    }

    /// <summary>
    /// Whether both show the same, as far as is known; true where too little of either is in the image.
    /// </summary>
    public bool IsLike(FacePatch other)
    {
        int[] cells = [.. Enumerable.Range(0, _lights.Length)
            .Where(cell => !float.IsNaN(_lights[cell]) && !float.IsNaN(other._lights[cell]))];
        if (cells.Length < LeastCells)
        {
            return true;
        }

        var (mine, theirs) = (cells.Average(cell => _lights[cell]), cells.Average(cell => other._lights[cell]));
        double both = 0, one = 0, two = 0;
        foreach (var cell in cells)
        {
            var (a, b) = (_lights[cell] - mine, other._lights[cell] - theirs);
            both += a * b;
            one += a * a;
            two += b * b;
        }

        var (deviation, otherDeviation) = (Math.Sqrt(one / cells.Length), Math.Sqrt(two / cells.Length));
        return deviation < Flat || otherDeviation < Flat
            ? deviation < 2 * Flat && otherDeviation < 2 * Flat && Math.Abs(mine - theirs) < SameLight
            : both / Math.Sqrt(one * two) >= LeastLikeness;
    }

    private static float LightOf(Picture picture, in Box area, int column, int row)
    {
        var (sum, count) = (0f, 0);
        for (var i = 0; i < SamplesPerCell * SamplesPerCell; i++)
        {
            var x = (int)MathF.Floor(
                area.X + (area.Width * (column + ((i % SamplesPerCell) + 0.5f) / SamplesPerCell) / Side));
            var y = (int)MathF.Floor(
                area.Y + (area.Height * (row + ((i / SamplesPerCell) + 0.5f) / SamplesPerCell) / Side));
            if (x >= 0 && y >= 0 && x < picture.Width && y < picture.Height)
            {
                var at = picture.OffsetOf(x, y);
                sum += (picture.Pixels[at] + (2f * picture.Pixels[at + 1]) + picture.Pixels[at + 2]) / 4;
                count++;
            }
        }

        return count == 0 ? float.NaN : sum / count;
    }
}
