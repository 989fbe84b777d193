namespace FaceLoupe.Cli.Inputs;

/// <summary>Where the copy of an image or video goes, or why no file can be called after it.</summary>
/// <param name="Place">The path; null: there is none.</param>
/// <param name="Fault">Why there is none; null: there is one.</param>
internal sealed record CopyTarget(string? Place, FaceLoupeException? Fault)
{
    /// <summary>The path.</summary>
    /// <exception cref="FaceLoupeException">No file can be called so.</exception>
    public string Path => Place ?? throw new FaceLoupeException(Fault!.Message, Fault);

    /// <summary>A path that was chosen.</summary>
    public static CopyTarget Of(string path) => new(path, null);

    /// <summary>Chooses a path; that no file can be called so concerns one file, and not those beside it.</summary>
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
