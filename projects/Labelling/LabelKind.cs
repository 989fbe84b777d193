namespace FaceLoupe.Training.Labelling;

/// <summary>What the annotations at hand say about an image.</summary>
internal enum LabelKind
{
    /// <summary>Boxes of faces, right as far as they go; some faces may have none.</summary>
    Faces,

    /// <summary>Boxes of heads, seen from behind too.</summary>
    Heads,

    /// <summary>Nothing: the images are background, but for what the pseudo-labellers see in them.</summary>
    None,
}
