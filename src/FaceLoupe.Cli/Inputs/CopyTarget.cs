namespace FaceLoupe.Cli.Inputs;

/// <summary>The path of the copy of an image or video, or why no file can have that name.</summary>
/// <param name="Place">The path; null: there is none.</param>
/// <param name="Fault">Why there is none; null: there is one.</param>
internal sealed record CopyTarget(string? Place, FaceLoupeException? Fault)
{
    /// <summary>The path.</summary>
    /// <exception cref="FaceLoupeException">No file can have the name.</exception>
    public string Path => Place ?? throw new FaceLoupeException(Fault!.Message, Fault);

    /// <summary>A path that was chosen.</summary>
    public static CopyTarget Of(string path) => new(path, null);

    /// <summary>Chooses a path; a name that no file can have is a fault of this file only.</summary>
    public static CopyTarget Try(Func<string> choose)
    {
        try
        {
            return new CopyTarget(choose(), null);
        }
        catch (FaceLoupeException fault)
        {
            return new CopyTarget(null, fault);
        }
    }
}
