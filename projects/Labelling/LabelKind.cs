namespace FaceLoupe.Training.Labelling;

/// <summary>What is annotated in an image.</summary>
internal enum LabelKind
{
    /// <summary>Boxes of faces, correct but incomplete.</summary>
    Faces,

    /// <summary>Boxes of heads, also from behind.</summary>
    Heads,

    /// <summary>Nothing: the images are background, except where pseudo-labellers find something.</summary>
    None,
}
