using System.Formats.Tar;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Archives;

/// <summary>Tar files as written by img2dataset: an image, a caption and a description for each sample.</summary>
internal sealed class TarScenes : IDisposable
{
    public DetectScenes Scenes { get; } = new();

    public string Out => Scenes.PathOf("out");

    /// <summary>A tar of four samples: a face, a face, no image, none.</summary>
    public string Make(string name)
    {
        var path = Scenes.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "samples/"));
        for (var i = 0; i < 4; i++)
        {
            var key = FormattableString.Invariant($"samples/{Path.GetFileNameWithoutExtension(name)}{i:0000}");
            Add(tar, key + ".png", i == 2 ? "no image"u8.ToArray() : Picture(face: i != 3));
            Add(tar, key + ".txt", "a caption"u8.ToArray());
            Add(tar, key + ".json", "{}"u8.ToArray());
        }

        return path;
    }

    /// <summary>A tar of these files; without content: a hard link to the first one.</summary>
    public string MakeOf(string name, params (string Name, byte[]? Content)[] files)
    {
        var path = Scenes.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach (var (file, content) in files)
        {
            if (content is null)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, file) { LinkName = files[0].Name });
            }
            else
            {
                Add(tar, file, content);
            }
        }

        return path;
    }

    public CliCall Detect(params string[] args) => DetectScenes.Detect([.. args, "--out", Out]);

    public void Dispose() => Scenes.Dispose();

    public static byte[] Picture(bool face) => PictureFile.Encode(
        face ? TinyModel.Scene(100, 90, (DetectScenes.Face, TinyModel.White)) : TinyModel.Scene(100, 90),
        PictureFormat.Png);

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
