using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>Tiles a canvas with parts of many images, all shrunk by about the same factor.</summary>
internal sealed class CrowdLayout(SourcePictures sources)
{
    // Cells are at most a shrunk image of this size, to leave room for a random offset.
    private const double NominalWidth = 480;
    private const double NominalHeight = 320;
    private const int SmallestCell = 16;
    private const double ShrinkJitter = 1.25;
    private const double AnchorChance = 0.85;

    /// <summary>Draws the tiling with a random shrink factor.</summary>
    public IReadOnlyList<Placement> Draw(CanvasOptions options, SampleRandom random) =>
        Draw(options, random.LogBetween(options.MinCrowdShrink, options.MaxCrowdShrink), random);

    /// <summary>Draws the tiling for a shrink factor.</summary>
    public IReadOnlyList<Placement> Draw(CanvasOptions options, double shrink, SampleRandom random)
    {
        var cells = new List<CanvasCell>();
        var width = Math.Max(SmallestCell, NominalWidth / shrink);
        var height = Math.Max(SmallestCell, NominalHeight / shrink);
        Split(new CanvasCell(0, 0, options.Size, options.Size), width, height, cells, random);
        return [.. cells.Select(cell => Fill(cell, options, shrink, random))];
    }

    private static void Split(
        CanvasCell cell, double maxWidth, double maxHeight, List<CanvasCell> cells, SampleRandom random)
    {
        var across = cell.Width / maxWidth;
        var down = cell.Height / maxHeight;
        if (across <= 1 && down <= 1)
        {
            cells.Add(cell);
        }
        else if (across > down)
        {
            var cut = Even(cell.Width * random.Between(0.35, 0.65));
            Split(cell with { Width = cut }, maxWidth, maxHeight, cells, random);
            Split(cell with { X = cell.X + cut, Width = cell.Width - cut }, maxWidth, maxHeight, cells, random);
        }
        else
        {
            var cut = Even(cell.Height * random.Between(0.35, 0.65));
            Split(cell with { Height = cut }, maxWidth, maxHeight, cells, random);
            Split(cell with { Y = cell.Y + cut, Height = cell.Height - cut }, maxWidth, maxHeight, cells, random);
        }
    }

    private Placement Fill(CanvasCell cell, CanvasOptions options, double shrink, SampleRandom random)
    {
        var isBackground = random.Chance(options.CrowdBackgroundChance);
        var source = isBackground && sources.HaveBackground
            ? sources.DrawBackground(random)
            : sources.DrawComplete(random);

        // The image must cover its cell: a small one is shrunk less.
        var most = Math.Min((double)source.Picture.Width / cell.Width, (double)source.Picture.Height / cell.Height);
        var factor = Math.Min(random.LogBetween(shrink / ShrinkJitter, shrink * ShrinkJitter), most);
        var anchor = random.Chance(AnchorChance) ? WindowChoice.DrawAnchor(source.Faces, random) : null;
        var window = WindowChoice.DrawInside(source, cell.Width * factor, cell.Height * factor, anchor, random);
        return new Placement(source.Picture, source.Faces, window, cell, source.UnlabelledFacesLikely);
    }

    private static int Even(double value) => 2 * (int)Math.Round(value / 2);
}
