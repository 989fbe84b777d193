using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Anonymising;

/// <summary>How faces are hidden.</summary>
public sealed record MaskOptions
{
    /// <summary>
    /// What replaces a face. Default: <see cref="MaskKind.Pixelate"/>; <see cref="MaskKind.Gaussian"/> can
    /// be undone.
    /// </summary>
    [EnumDataType(typeof(MaskKind), ErrorMessage = "which is not a mask")]
    public MaskKind Kind { get; init; } = MaskKind.Pixelate;

    /// <summary>Outline of the mask. Default: <see cref="MaskShape.Ellipse"/>.</summary>
    [EnumDataType(typeof(MaskShape), ErrorMessage = "which is not a shape")]
    public MaskShape Shape { get; init; } = MaskShape.Ellipse;

    /// <summary>
    /// Sides of the mask over those of the face's box, from 1 to 5. Default 1.3. An ellipse covers the corners of the
    /// face's box from 1.42 on.
    /// </summary>
    [Range(1.0, 5.0)]
    public float Scale { get; init; } = 1.3f;

    /// <summary>
    /// Width of a soft rim about the mask, as a share of the face's sides, from 0 (the default: a hard edge) to 1. The
    /// rim is outside: the area of a hard mask is covered in full.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Feather { get; init; }

    /// <summary>Colour of a <see cref="MaskKind.Solid"/> mask. Default: black.</summary>
    public MaskColor Color { get; init; }

    /// <summary>One line on known weaknesses of these masks; null: none.</summary>
    public string? Warning => Kind == MaskKind.Gaussian
        ? "a Gaussian blur can be undone: programs restore such faces, or find the right person by it; pixelate and "
            + "solid withstand that"
        : null;

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    /// <exception cref="FaceLoupeException">An option is out of its range.</exception>
    internal void Validate() => OptionRules.Check(this, "Mask options");
}
