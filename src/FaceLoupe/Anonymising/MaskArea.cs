using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The pixels that one mask covers: all that its outline touches, however little. Rounding outwards matters: on a face
/// of 8 px a pixel is an eye.
/// </summary>
internal readonly struct MaskArea
{
    private readonly MaskShape _shape;

    /// <summary>Lays a mask over a face.</summary>
    /// <param name="face">The face's box; must be valid.</param>
    /// <param name="options">Shape and scale.</param>
    /// <param name="picture">The picture: the area ends at its edges.</param>
    public MaskArea(in Box face, MaskOptions options, Picture picture)
    {
        Outline = face.Enlarge(options.Scale);
        _shape = options.Shape;
        FaceSide = face.LongerSide;
        Bounds = Outline.Clip(picture.Width, picture.Height);
        Left = (int)MathF.Floor(Bounds.X);
        Top = (int)MathF.Floor(Bounds.Y);

        // Left edge plus width may come to a hair more than the right edge was.
        Right = Bounds.Width > 0 ? Math.Min((int)MathF.Ceiling(Bounds.Right), picture.Width) : Left;
        Bottom = Bounds.Height > 0 ? Math.Min((int)MathF.Ceiling(Bounds.Bottom), picture.Height) : Top;
    }

    /// <summary>The box around the mask, unrounded; it may reach beyond the picture.</summary>
    public Box Outline { get; }

    /// <summary>Longer side of the face, in pixels, by which the strength of a mask goes.</summary>
    public float FaceSide { get; }

    /// <summary>The box around the mask, cut at the picture's edges, unrounded.</summary>
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

    /// <summary>True when no pixel of the picture is covered.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Columns of a row that are covered, the second exclusive; equal where none is.</summary>
    public (int From, int To) Columns(int row)
    {
        if (_shape == MaskShape.Box)
        {
            return (Left, Right);
        }

        // Of the row's strip, the line nearest to the centre is where the ellipse is widest.
        var distance = MathF.Abs(Math.Clamp(Outline.CenterY, row, row + 1) - Outline.CenterY);
        var share = distance / (Outline.Height / 2);
        if (share > 1)
        {
            return (Left, Left);
        }

        var reach = Outline.Width / 2 * MathF.Sqrt(1 - (share * share));
        var from = Math.Max(Left, (int)MathF.Floor(Outline.CenterX - reach));
        return (from, Math.Max(from, Math.Min(Right, (int)MathF.Ceiling(Outline.CenterX + reach))));
    }
}
