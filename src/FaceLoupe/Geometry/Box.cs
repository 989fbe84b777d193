namespace FaceLoupe.Geometry;

/// <summary>
/// An axis-aligned rectangle in pixels of one image, in continuous coordinates: the pixel in column 3 covers
/// x from 3 to 4. Never rounded: on a face of 8 px a rounded corner is a lost face.
/// </summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, at least 0 in a valid box.</param>
/// <param name="Height">Height, at least 0 in a valid box.</param>
public readonly record struct Box(float X, float Y, float Width, float Height)
{
    /// <summary>Right edge, exclusive.</summary>
    public float Right => X + Width;

    /// <summary>Bottom edge, exclusive.</summary>
    public float Bottom => Y + Height;

    /// <summary>Horizontal centre.</summary>
    public float CenterX => X + (Width / 2);

    /// <summary>Vertical centre.</summary>
    public float CenterY => Y + (Height / 2);

    /// <summary>Area in square pixels; 0 for an empty or inverted box.</summary>
    public float Area => MathF.Max(Width, 0) * MathF.Max(Height, 0);

    /// <summary>The longer side, which defines the size bands of the evaluation.</summary>
    public float LongerSide => MathF.Max(Width, Height);

    /// <summary>True when all four numbers are finite and both sides are above zero.</summary>
    public bool IsValid => float.IsFinite(X) && float.IsFinite(Y) && float.IsFinite(Width) && float.IsFinite(Height)
        && Width > 0 && Height > 0;

    /// <summary>Makes a box from its left, top, right and bottom edges.</summary>
    public static Box FromCorners(float left, float top, float right, float bottom) =>
        new(left, top, right - left, bottom - top);

    /// <summary>Makes a box from its centre and size.</summary>
    public static Box FromCenter(float centerX, float centerY, float width, float height) =>
        new(centerX - (width / 2), centerY - (height / 2), width, height);

    /// <summary>The box after its image was resized by <paramref name="factor"/>.</summary>
    public Box Scale(float factor) => new(X * factor, Y * factor, Width * factor, Height * factor);

    /// <summary>The box after its image was resized by a factor per axis.</summary>
    public Box Scale(float factorX, float factorY) => new(X * factorX, Y * factorY, Width * factorX, Height * factorY);

    /// <summary>The box moved by an offset.</summary>
    public Box Translate(float dx, float dy) => this with { X = X + dx, Y = Y + dy };

    /// <summary>The box in the mirror image, left and right exchanged.</summary>
    /// <param name="width">Width of the image.</param>
    public Box Mirror(float width) => this with { X = width - Right };

    /// <summary>
    /// The box with both sides multiplied about its centre: the context window "X m" of the paper's section 3.5.
    /// </summary>
    public Box Enlarge(float factor) => FromCenter(CenterX, CenterY, Width * factor, Height * factor);

    /// <summary>The smallest square about the same centre that contains the box.</summary>
    public Box ToSquare() => FromCenter(CenterX, CenterY, LongerSide, LongerSide);

    /// <summary>The part of the box inside an image of the given size; empty (not inverted) if it is outside.</summary>
    public Box Clip(float pictureWidth, float pictureHeight)
    {
        var left = Math.Clamp(X, 0, pictureWidth);
        var top = Math.Clamp(Y, 0, pictureHeight);
        return FromCorners(left, top, Math.Clamp(Right, left, pictureWidth), Math.Clamp(Bottom, top, pictureHeight));
    }
}
