using FaceLoupe.Models;

namespace FaceLoupe.Proposals;

/// <summary>
/// At which sizes a picture is run through the proposal network, and in which tiles. There is no upper limit to a
/// picture's size: what is larger than a tile is cut, never shrunk on the quiet.
/// </summary>
public sealed class ScalePlan
{
    private readonly int _tileSize;
    private readonly int _tileOverlap;
    private readonly int _sizeMultiple;

    /// <summary>Makes the plan that a model asks for.</summary>
    /// <param name="detection">Scales, tile size and overlap.</param>
    /// <param name="sizeMultiple">Sides of the network's input must be multiples of this, in pixels.</param>
    public ScalePlan(DetectionSection detection, int sizeMultiple)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeMultiple, 1);
        Steps = detection.Scales;
        _sizeMultiple = sizeMultiple;
        _tileSize = detection.TileSize / sizeMultiple * sizeMultiple;
        _tileOverlap = RoundUp(detection.TileOverlap);
        if (_tileSize <= _tileOverlap)
        {
            throw new ArgumentException(
                $"Tiles of {detection.TileSize} px cannot overlap by {detection.TileOverlap} px.", nameof(detection));
        }
    }

    /// <summary>The sizes, in order.</summary>
    public IReadOnlyList<ScaleStep> Steps { get; }

    /// <summary>
    /// The tiles that cover a picture of this size at one step. Tiles start at multiples of the network's size
    /// multiple, so its grid of anchors is the same as without tiles.
    /// </summary>
    internal IEnumerable<Tile> Tiles(int width, int height, ScaleStep step)
    {
        var columns = Spans(width * (double)step.Factor);
        foreach (var rows in Spans(height * (double)step.Factor))
        {
            foreach (var column in columns)
            {
                yield return new Tile(step.Factor, column, rows);
            }
        }
    }

    // Equal lengths rather than full tiles and a sliver: less is run twice.
    private List<TileSpan> Spans(double levelLength)
    {
        var total = RoundUp(Math.Max(1, (int)Math.Ceiling(levelLength - 1e-3)));
        if (total <= _tileSize)
        {
            return [new TileSpan(0, total, false, false, _tileOverlap)];
        }

        var fresh = _tileSize - _tileOverlap;
        var count = (total - _tileOverlap + fresh - 1) / fresh;
        var length = RoundUp((total + ((count - 1) * _tileOverlap) + count - 1) / count);
        var spans = new List<TileSpan>(count);
        for (var i = 0; i < count; i++)
        {
            var start = Math.Min(i * (length - _tileOverlap), total - length);
            spans.Add(new TileSpan(start, length, i > 0, i < count - 1, _tileOverlap));
        }

        return spans;
    }

    private int RoundUp(int value) => (value + _sizeMultiple - 1) / _sizeMultiple * _sizeMultiple;
}
