using FaceLoupe.Models;

namespace FaceLoupe.Proposals;

/// <summary>
/// At which sizes an image is run through the proposal network, and in which tiles; where a step has a focus, only of
/// those parts around focus candidates. Image size has no upper limit: larger images are split into tiles, never shrunk
/// silently.
/// </summary>
public sealed class ScalePlan
{
    /// <summary>The smallest face, in pixels, for which the scales of a model's manifest are designed.</summary>
    public const float SmallestPlannedFace = 8;

    private readonly ScaleStep[] _byFactor;
    private readonly int _tileSize;
    private readonly int _tileOverlap;
    private readonly int _sizeMultiple;

    /// <summary>Creates the plan of a model.</summary>
    /// <param name="detection">Scales, tile size and overlap.</param>
    /// <param name="sizeMultiple">Sides of the network's input must be multiples of this, in pixels.</param>
    /// <param name="minFace">
    /// Longer side of the smallest face to find, in pixels of the image. Above <see cref="SmallestPlannedFace"/> images
    /// are enlarged less, or not at all. Default: as planned.
    /// </param>
    /// <param name="smallestAnchor">The network's smallest anchor, in pixels of its input.</param>
    public ScalePlan(
        DetectionSection detection, int sizeMultiple, float minFace = SmallestPlannedFace, float smallestAnchor = 8)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeMultiple, 1);
        Steps = minFace > SmallestPlannedFace ? StepsFor(detection.Scales, minFace, smallestAnchor) : detection.Scales;
        _sizeMultiple = sizeMultiple;
        _byFactor = [.. Steps.OrderBy(step => step.Factor)];
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
    /// The steps from the smallest image to the largest, each with the next finer one if that has a focus.
    /// </summary>
    internal IEnumerable<(ScaleStep Step, ScaleStep? Finer)> FromSmallest => _byFactor.Select((step, i) =>
        (step, i + 1 < _byFactor.Length && _byFactor[i + 1].Focus is not null ? _byFactor[i + 1] : null));

    /// <summary>The tiles that a step searches in an image of this size.</summary>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Its height.</param>
    /// <param name="step">The step.</param>
    /// <param name="candidates">Focus candidates of the step before; ignored if this one has no focus.</param>
    internal View ViewOf(int width, int height, ScaleStep step, IReadOnlyList<Proposal> candidates)
    {
        // The smallest size has no candidates yet.
        if (step.Focus is not { } focus || step == _byFactor[0])
        {
            return new View([.. Tiles(width, height, step)], []);
        }

        return ViewAround(width, height, step, focus, candidates);
    }

    /// <summary>The tiles around focus candidates, at the size of a step.</summary>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Its height.</param>
    /// <param name="step">The step.</param>
    /// <param name="focus">Margin, and which candidates are confident.</param>
    /// <param name="candidates">Focus candidates, in pixels of the image.</param>
    internal View ViewAround(
        int width, int height, ScaleStep step, FocusSection focus, IReadOnlyList<Proposal> candidates)
    {
        var tiles = new FocusTiles(
            step.Factor,
            Length(width * (double)step.Factor),
            Length(height * (double)step.Factor),
            _sizeMultiple,
            RoundUp(focus.Margin),
            _tileSize);
        return View.Finer(candidates, focus, tiles.Cover);
    }

    /// <summary>
    /// The tiles that cover an image of this size at one step. Tiles start at multiples of the network's size
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

    // A step shows the smallest face of its band at a certain size. If only larger ones are searched, the smallest of
    // those may be shown at that size instead, but never below the smallest anchor, so a smaller image is enough. A
    // step whose band holds only smaller faces is left out, and one that ends up no finer than a coarser step leaves
    // its band to it. A step that provides candidates for a finer one must find the smallest face, at its own size.
    private static List<ScaleStep> StepsFor(IReadOnlyList<ScaleStep> steps, float minFace, float smallestAnchor)
    {
        var planned = new List<ScaleStep>();
        ScaleStep[] ordered = [.. steps.OrderBy(step => step.Factor)];
        ScaleStep[] left = Array.FindAll(ordered, step => !(step.MaxFace <= minFace)) is [_, ..] some
            ? some
            : [ordered[^1]];
        for (var i = 0; i < left.Length; i++)
        {
            var step = left[i];
            var tells = i + 1 < left.Length && left[i + 1].Focus is not null;
            var smallest = tells ? SmallestPlannedFace : Math.Max(step.MinFace, SmallestPlannedFace);
            var factor = Math.Max(
                step.Factor * Math.Min(1, smallest / minFace), Math.Min(step.Factor, smallestAnchor / minFace));
            if (planned is [.., var coarser] && factor <= coarser.Factor)
            {
                planned[^1] = coarser with
                {
                    MinFace = Math.Min(coarser.MinFace, step.MinFace),
                    MaxFace = coarser.MaxFace is { } a && step.MaxFace is { } b ? Math.Max(a, b) : null,
                };
            }
            else
            {
                // Confident faces of the coarser step have a minimum size, which grows as images are shrunk.
                var larger = minFace / SmallestPlannedFace;
                planned.Add(step with
                {
                    Factor = factor, Focus = step.Focus?.Larger(larger), Mirror = step.Mirror?.Larger(larger),
                });
            }
        }

        planned.Reverse();
        return planned;
    }

    // Equal lengths instead of full tiles and a sliver, so that less is run twice.
    private List<TileSpan> Spans(double levelLength)
    {
        var total = Length(levelLength);
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

    private int Length(double levelLength) => RoundUp(Math.Max(1, (int)Math.Ceiling(levelLength - 1e-3)));

    private int RoundUp(int value) => (value + _sizeMultiple - 1) / _sizeMultiple * _sizeMultiple;
}
