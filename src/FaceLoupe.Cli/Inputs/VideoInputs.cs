namespace FaceLoupe.Cli.Inputs;

/// <summary>Which videos are inputs beside the pictures.</summary>
internal enum VideoInputs
{
    /// <summary>None: one that is named is a fault, and in folders they are passed over.</summary>
    None,

    /// <summary>Those that are named themselves: the folders of a benchmark stand for their pictures.</summary>
    Named,

    /// <summary>Also those that folders and patterns stand for.</summary>
    All,
}
