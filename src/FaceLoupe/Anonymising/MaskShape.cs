namespace FaceLoupe.Anonymising;

/// <summary>Outline of a mask.</summary>
public enum MaskShape
{
    /// <summary>The ellipse that touches the four sides of the mask's box.</summary>
    Ellipse,

    /// <summary>The whole box.</summary>
    Box,
}
