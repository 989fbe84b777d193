namespace FaceLoupe.Storage;

/// <summary>Names of files within a folder, with '/' between folders on every system.</summary>
internal static class RelativeName
{
    /// <summary>
    /// The name of a file within a folder. Characters that are ordinary on this system stay unchanged.
    /// </summary>
    public static string Of(string folder, string path) => Plain(Path.GetRelativePath(folder, path));

    /// <summary>A relative path of this system as a name.</summary>
    public static string Plain(string path) =>
        Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>
    /// A name from a text file, perhaps written on Windows: both slashes separate folders.
    /// </summary>
    public static string OfText(string name) => name.Replace('\\', '/');

    /// <summary>The part before the last '/'; empty if there is none.</summary>
    public static string FolderOf(string name) => name[..Math.Max(name.LastIndexOf('/'), 0)];

    /// <summary>The part after the last '/'.</summary>
    public static string FileOf(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>Whether a name leads out of the folder that it is relative to.</summary>
    public static bool LeadsOut(string name) =>
        name.Length == 0 || Path.IsPathRooted(name) || name.Split('/').Contains("..");
}
