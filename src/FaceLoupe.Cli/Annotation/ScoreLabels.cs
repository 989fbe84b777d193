namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// Which marked faces are labelled with their scores: all faces of an image or none.
/// </summary>
internal enum ScoreLabels
{
    /// <summary>All, if each face of the image is at least as wide as its score; otherwise none.</summary>
    Auto,

    /// <summary>All, even if labels are wider than faces.</summary>
    Always,

    /// <summary>None.</summary>
    Never,
}
