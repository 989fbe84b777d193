namespace FaceLoupe.Tests;

/// <summary>The data beside the project, which a test is skipped without.</summary>
internal static class SharedFolder
{
    /// <summary>A file or folder under <c>../shared</c>.</summary>
    public static string PathOrSkip(string name)
    {
        // A linked working tree may lie one folder deeper than the main one.
        foreach (var above in (string[])["..", "../.."])
        {
            var path = Path.GetFullPath(RepositoryRoot.Combine(above, "shared", name));
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"../shared/{name} is missing: this test wants the data beside the project.");
        return "";
    }
}
