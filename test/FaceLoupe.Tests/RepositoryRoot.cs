namespace FaceLoupe.Tests;

/// <summary>Finds files of the working copy, from wherever the tests run.</summary>
internal static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    public static string Combine(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FaceLoupe.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No FaceLoupe.slnx above {AppContext.BaseDirectory}.");
    }
}
