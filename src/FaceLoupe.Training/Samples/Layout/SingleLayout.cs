using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>
/// One image around one of its faces, or a part of an image without people. A crowd fills the rest of the canvas, or
/// with <see cref="CanvasOptions.Padded"/> a flat colour, which photographs do not have.
/// </summary>
internal sealed class SingleLayout(SourcePictures sources, CrowdLayout crowd)
{
    // Images are not shrunk below this.
    private const double SmallestScale = 1.0 / 12;
    private const double LargestShareOfCanvas = 0.8;

    // Close-ups: the face over MaxFace, the place to look at over the face, and the largest enlargement.
    private const double LargestCloseUp = 4;
    private const float CloseUpSurroundings = 2;
    private const double CloseUpEnlargement = 4;
    private const double SmallestBackgroundScale = 0.25;
    private const double MistakeScale = 1.25; // drawn up to this much larger or smaller
    private const byte MidGrey = 128; // nearest to the networks' zero
    private static readonly Picture Grey = new(1, 1, [MidGrey, MidGrey, MidGrey]);

    /// <summary>Draws a canvas around a face.</summary>
    public IReadOnlyList<Placement> DrawFace(CanvasOptions options, SampleRandom random)
    {
        var source = sources.DrawAny(random);
        if (WindowChoice.DrawAnchor(source.Faces, random) is not { } anchor)
        {
            return DrawBackground(source, options, random);
        }

        var largest = Math.Min(options.MaxFace, options.Size * LargestShareOfCanvas);
        if (options.CloseUpChance > 0 && random.Chance(options.CloseUpChance))
        {
            var face = WindowChoice.Valid(source.Faces).MaxBy(box => box.LongerSide);
            var close = Math.Min(
                largest * random.LogBetween(1, LargestCloseUp) / face.LongerSide, CloseUpEnlargement);
            return Place(source, close, face.Enlarge(CloseUpSurroundings), options, random);
        }

        var bias = Math.Pow(random.NextDouble(), options.SmallBias);
        var target = options.MinFace * Math.Pow(Math.Max(largest / options.MinFace, 1), bias);
        var scale = Math.Clamp(target / anchor.LongerSide, SmallestScale, options.MaxEnlargement);
        return Place(source, scale, anchor, options, random);
    }

    /// <summary>Draws a canvas without people.</summary>
    public IReadOnlyList<Placement> DrawNegative(CanvasOptions options, SampleRandom random) =>
        DrawBackground(sources.DrawBackground(random), options, random);

    /// <summary>Draws a canvas that is a window anywhere in an annotated image, which may show faces or none.</summary>
    public IReadOnlyList<Placement> DrawWindow(CanvasOptions options, SampleRandom random) =>
        DrawBackground(sources.DrawAny(random), options, random);

    /// <summary>Draws a canvas that is a window around a place where a detector errs, at about its size.</summary>
    public IReadOnlyList<Placement> DrawMistake(CanvasOptions options, SampleRandom random)
    {
        var (picture, place) = sources.DrawMistake(random);
        return DrawInside(picture, random.LogBetween(1 / MistakeScale, MistakeScale), place, options, random);
    }

    private static IReadOnlyList<Placement> DrawBackground(
        SourcePicture source, CanvasOptions options, SampleRandom random)
    {
        var scale = random.LogBetween(SmallestBackgroundScale, Math.Max(options.MaxEnlargement, 0.5));
        return DrawInside(source, scale, null, options, random);
    }

    private static IReadOnlyList<Placement> DrawInside(
        SourcePicture source, double scale, Box? anchor, CanvasOptions options, SampleRandom random)
    {
        // Large enough to cover the canvas alone, because a crowd would add faces.
        var picture = source.Picture;
        var cover = Math.Max((double)options.Size / picture.Width, (double)options.Size / picture.Height);
        var side = options.Size / Math.Max(cover, scale);
        var window = WindowChoice.DrawInside(source, side, side, anchor, random);
        var cell = new CanvasCell(0, 0, options.Size, options.Size);
        return [new Placement(picture, source.Faces, window, cell, source.UnlabelledFacesLikely)];
    }

    private IReadOnlyList<Placement> Place(
        SourcePicture source, double scale, Box anchor, CanvasOptions options, SampleRandom random)
    {
        var side = options.Size / scale;
        var (width, height) = (source.Picture.Width, source.Picture.Height);
        var x = WindowChoice.DrawStart(side, width, (anchor.X, anchor.Width), random);
        var y = WindowChoice.DrawStart(side, height, (anchor.Y, anchor.Height), random);
        var (left, right) = Covered(x, width, scale, options.Size);
        var (top, bottom) = Covered(y, height, scale, options.Size);
        var cell = new CanvasCell(left, top, right - left, bottom - top);
        var window = new Box(
            (float)(x + (left / scale)), (float)(y + (top / scale)), (float)(cell.Width / scale),
            (float)(cell.Height / scale));
        var placement = new Placement(source.Picture, source.Faces, window, cell, source.UnlabelledFacesLikely);
        if (cell.Width == options.Size && cell.Height == options.Size)
        {
            return [placement];
        }

        if (options.Padded)
        {
            return [Padding(options.Size), placement];
        }

        var shrink = Math.Clamp(1 / scale, options.MinCrowdShrink, options.MaxCrowdShrink);
        return [.. crowd.Draw(options, shrink, random), placement];
    }

    private static Placement Padding(int size) =>
        new(Grey, [], new Box(0, 0, 1, 1), new CanvasCell(0, 0, size, size), UnlabelledFacesLikely: false);

    /// <summary>
    /// The span of the canvas that the image covers along one axis, rounded inwards to even px; never empty. The
    /// allowance tolerates rounding errors.
    /// </summary>
    private static (int Start, int End) Covered(double windowStart, double picture, double scale, int size)
    {
        const double Allowance = 1e-6;
        var start = 2 * (int)Math.Ceiling((Math.Max(-windowStart * scale, 0) / 2) - Allowance);
        var end = 2 * (int)Math.Floor((Math.Min((picture - windowStart) * scale, size) / 2) + Allowance);
        return end > start ? (start, end) : (Math.Min(start, size - 2), Math.Min(start, size - 2) + 2);
    }
}
