namespace FaceLoupe.Anonymising;

/// <summary>What a mask puts in the place of a face.</summary>
public enum MaskKind
{
    /// <summary>
    /// A Gaussian blur whose standard deviation is a quarter of the face's longer side. <b>It can be undone</b>:
    /// whoever has images of the people in question finds the right one (docs/anonymising.md has the figures), and
    /// published attacks restore such faces. For looks alone.
    /// </summary>
    Gaussian,

    /// <summary>
    /// Few cells of one colour each, two along the face's longer side, whose means carry noise that nobody without the
    /// original can take off again. In a video a face keeps the cells of its first frame.
    /// </summary>
    Pixelate,

    /// <summary>One colour: the only mask that leaves nothing of the face at all.</summary>
    Solid,
}
