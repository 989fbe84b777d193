namespace FaceLoupe.Anonymising;

/// <summary>What a mask puts in the place of a face.</summary>
public enum MaskKind
{
    /// <summary>
    /// A Gaussian blur whose standard deviation is a quarter of the face's longer side: after rounding to 8 bits,
    /// about two cycles across the face are left, as in a picture of 4 x 4 px.
    /// </summary>
    Gaussian,

    /// <summary>Blocks of one colour each, their side a quarter of the face's longer side.</summary>
    Pixelate,

    /// <summary>One colour: the only mask that leaves nothing of the face at all.</summary>
    Solid,
}
