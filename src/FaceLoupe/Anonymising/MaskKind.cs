namespace FaceLoupe.Anonymising;

/// <summary>What a mask replaces a face by.</summary>
public enum MaskKind
{
    /// <summary>
    /// A Gaussian blur whose standard deviation is a quarter of the face's longer side. <b>It can be undone</b>: with
    /// other images of the people, the right one can be found (docs/anonymising.md has the figures), and published
    /// attacks restore such faces. For appearance only.
    /// </summary>
    Gaussian,

    /// <summary>
    /// Few cells of one colour each, two along the face's longer side, whose means carry noise that cannot be removed
    /// without the original. In a video a face keeps the cells of its first frame.
    /// </summary>
    Pixelate,

    /// <summary>One colour: the only mask that leaves nothing of the face at all.</summary>
    Solid,
}
