namespace FaceLoupe.Geometry;

/// <summary>
/// The box delta that turns one box into another, t = (tx, ty, tw, th) of Fast R-CNN (the paper's section 3.3 and Eq.
/// 7): centre offsets relative to the size, logarithms of the size ratios, each divided by a normalising constant.
/// </summary>
/// <param name="Tx">Horizontal shift of the centre over the width, divided by 0.1.</param>
/// <param name="Ty">Vertical shift of the centre over the height, divided by 0.1.</param>
/// <param name="Tw">Logarithm of the ratio of widths, divided by 0.2.</param>
/// <param name="Th">Logarithm of the ratio of heights, divided by 0.2.</param>
public readonly record struct BoxDelta(float Tx, float Ty, float Tw, float Th)
{
    /// <summary>Divisor of the centre offsets, so that targets have about unit variance.</summary>
    public const float CenterDeviation = 0.1f;

    /// <summary>Divisor of the log-size ratios.</summary>
    public const float SizeDeviation = 0.2f;

    /// <summary>
    /// Largest |log size ratio| that <see cref="Decode"/> follows: a wild network must not make a box of 1e9 px.
    /// </summary>
    public const float MaxLogRatio = 4.135f; // ln(1000 / 16), as in detectron2

    /// <summary>
    /// The delta from <paramref name="reference"/> (anchor or proposal) to <paramref name="target"/>; both must be
    /// valid.
    /// </summary>
    public static BoxDelta Encode(in Box reference, in Box target) => new(
        (target.CenterX - reference.CenterX) / reference.Width / CenterDeviation,
        (target.CenterY - reference.CenterY) / reference.Height / CenterDeviation,
        MathF.Log(target.Width / reference.Width) / SizeDeviation,
        MathF.Log(target.Height / reference.Height) / SizeDeviation);

    /// <summary>A part of this delta.</summary>
    /// <param name="part">From 0, none of it, to 1, all of it.</param>
    public BoxDelta Part(float part) => new(Tx * part, Ty * part, Tw * part, Th * part);

    /// <summary>Moves <paramref name="reference"/> by this delta; the inverse of <see cref="Encode"/>.</summary>
    public Box Decode(in Box reference) => Box.FromCenter(
        reference.CenterX + (Tx * CenterDeviation * reference.Width),
        reference.CenterY + (Ty * CenterDeviation * reference.Height),
        reference.Width * MathF.Exp(Math.Clamp(Tw * SizeDeviation, -MaxLogRatio, MaxLogRatio)),
        reference.Height * MathF.Exp(Math.Clamp(Th * SizeDeviation, -MaxLogRatio, MaxLogRatio)));
}
