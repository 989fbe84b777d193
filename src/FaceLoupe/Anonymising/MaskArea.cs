using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The pixels that one mask covers: all that its outline touches, however little. Rounding outwards matters: on a face
/// of 8 px, one pixel is an eye.
/// </summary>
internal readonly struct MaskArea
{
    private readonly MaskShape _shape;
    private readonly Box _seen;

    /// <summary>Lays a mask over a face.</summary>
    /// <param name="face">The face's box; must be valid.</param>
    /// <param name="options">Shape and scale.</param>
    /// <param name="picture">The image: the area ends at its edges.</param>
    public MaskArea(in Box face, MaskOptions options, Picture picture)
    {
        Outline = PictureEdge.Beyond(face, picture.Width, picture.Height).Enlarge(options.Scale);
        _shape = options.Shape;
        FaceSide = face.LongerSide;
        _seen = face.Enlarge(options.Scale);
        Bounds = Around(Outline, _seen).Clip(picture.Width, picture.Height);
        Left = (int)MathF.Floor(Bounds.X);
        Top = (int)MathF.Floor(Bounds.Y);

        // Left edge plus width may round to slightly more than the right edge.
        Right = Bounds.Width > 0 ? Math.Min((int)MathF.Ceiling(Bounds.Right), picture.Width) : Left;
        Bottom = Bounds.Height > 0 ? Math.Min((int)MathF.Ceiling(Bounds.Bottom), picture.Height) : Top;
    }

    /// <summary>
    /// The box of the mask, unrounded; it may reach beyond the image. If the image's edge cuts the face, it covers the
    /// estimated whole face and also the mask of the visible box.
    /// </summary>
    public Box Outline { get; }

    /// <summary>Longer side of the face, in pixels; the strength of the mask depends on it.</summary>
    public float FaceSide { get; }

    /// <summary>The box around the mask, cut at the image's edges, unrounded.</summary>
    public Box Bounds { get; }

    /// <summary>First column.</summary>
    public int Left { get; }

    /// <summary>First row.</summary>
    public int Top { get; }

    /// <summary>Column after the last one.</summary>
    public int Right { get; }

    /// <summary>Row after the last one.</summary>
    public int Bottom { get; }

    /// <summary>Number of columns.</summary>
    public int Width => Right - Left;

    /// <summary>Number of rows.</summary>
    public int Height => Bottom - Top;

    /// <summary>True when no pixel of the image is covered.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Columns of a row that are covered, the second exclusive; equal where none is.</summary>
    public (int From, int To) Columns(int row)
    {
        if (_shape == MaskShape.Box)
        {
            return (Left, Right);
        }

        var columns = Columns(Outline, row);
        if (_seen == Outline)
        {
            return columns;
        }

        var seen = Columns(_seen, row);
        return columns.From == columns.To ? seen : seen.From == seen.To ? columns
            : (Math.Min(columns.From, seen.From), Math.Max(columns.To, seen.To));
    }

    /// <summary>Whether a pixel is covered.</summary>
    public bool Holds(int x, int y)
    {
        if (y < Top || y >= Bottom)
        {
            return false;
        }

        var (from, to) = Columns(y);
        return x >= from && x < to;
    }

    /// <summary>The box around two boxes.</summary>
    internal static Box Around(in Box one, in Box other) => Box.FromCorners(
        Math.Min(one.X, other.X), Math.Min(one.Y, other.Y), Math.Max(one.Right, other.Right),
        Math.Max(one.Bottom, other.Bottom));

    private (int From, int To) Columns(in Box outline, int row)
    {
        // Of the row's strip, the line nearest to the centre is where the ellipse is widest.
        var distance = MathF.Abs(Math.Clamp(outline.CenterY, row, row + 1) - outline.CenterY);
        var share = distance / (outline.Height / 2);
        if (share > 1)
        {
            return (Left, Left);
        }

        var reach = outline.Width / 2 * MathF.Sqrt(1 - (share * share));

        // The centre of an outline may be outside the image; a row may then miss it.
        var from = Math.Min(Right, Math.Max(Left, (int)MathF.Floor(outline.CenterX - reach)));
        return (from, Math.Max(from, Math.Min(Right, (int)MathF.Ceiling(outline.CenterX + reach))));
    }
}
