namespace FaceLoupe.Cli.Inputs;

/// <summary>Which videos are inputs beside the images.</summary>
internal enum VideoInputs
{
    /// <summary>None: one that is named is a fault, and in folders they are passed over.</summary>
    None,

    /// <summary>Those that are named themselves: the folders of a benchmark stand for their images.</summary>
    Named,

    /// <summary>Also those that folders and patterns stand for.</summary>
    All,
}
