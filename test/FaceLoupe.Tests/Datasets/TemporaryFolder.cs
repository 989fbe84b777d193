namespace FaceLoupe.Tests.Datasets;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public string Root { get; }

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Writes a text file, and the folders above it.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>Makes files that stand for images: readers of annotations only ask whether they are there.</summary>
    public TemporaryFolder WithPictures(params string[] names)
    {
        foreach (var name in names)
        {
            Write(name, "");
        }

        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
