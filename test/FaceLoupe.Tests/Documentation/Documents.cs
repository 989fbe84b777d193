namespace FaceLoupe.Tests.Documentation;

/// <summary>The documents of the repository.</summary>
internal static class Documents
{
    private static readonly string[] Folders =
        ["docs", "src", "projects", "samples", "models", "test", "bench", "eng", "deploy", "configs"];

    /// <summary>
    /// Every Markdown file, relative to the repository; what is built or trained here is not searched.
    /// </summary>
    public static IEnumerable<string> All() => Directory.GetFiles(RepositoryRoot.Folder, "*.md")
        .Concat(Folders.Select(folder => RepositoryRoot.Combine(folder)).Where(Directory.Exists).SelectMany(In))
        .Select(path => Path.GetRelativePath(RepositoryRoot.Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> In(string folder) => Directory.GetFiles(folder, "*.md").Concat(
        Directory.GetDirectories(folder).Where(inner => Path.GetFileName(inner) is not ("bin" or "obj")).SelectMany(
            In));
}
