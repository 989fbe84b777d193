namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// Which marked faces have their scores beside them: all of an image or none, so that none looks forgotten.
/// </summary>
internal enum ScoreLabels
{
    /// <summary>All, where each face of the image is as wide as its score; else none.</summary>
    Auto,

    /// <summary>All, also those that reach beyond a tiny face.</summary>
    Always,

    /// <summary>None.</summary>
    Never,
}
