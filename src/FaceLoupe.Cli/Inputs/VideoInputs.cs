namespace FaceLoupe.Cli.Inputs;

/// <summary>Which videos are inputs in addition to images.</summary>
internal enum VideoInputs
{
    /// <summary>None: naming a video is a fault, and those in folders are skipped.</summary>
    None,

    /// <summary>Those that are named explicitly; folders contribute only their images.</summary>
    Named,

    /// <summary>Also those in folders and patterns.</summary>
    All,
}
