using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>A folder of images with a face and a square for the tiny model, and calls of <c>blur</c> on them.</summary>
public abstract class BlurScenes : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-blur-");

    /// <summary>Place of the face.</summary>
    protected static Box Place { get; } = Square(16, 2, 3);

    private static Box Fake { get; } = Square(16, 7, 6);

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static CliCall Blur(params string[] args) => CliCall.Run(["blur", .. args, "--model", Folder]);

    protected static int Brightness(Picture picture, int x, int y) => picture.Pixels[picture.OffsetOf(x, y)];

    protected JsonElement[] Audit(string name) =>
        [.. File.ReadLines(PathOf(name)).Select(line => JsonElement.Parse(line))];

    protected string[] Names(string folder) =>
    [
        .. Directory.GetFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(PathOf(folder), path)).Order(StringComparer.Ordinal),
    ];

    protected string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // One face, and one square that only the first stage classifies as a face.
    protected string Save(string name)
    {
        var path = PathOf(name);
        PictureFile.Write(Scene(100, 90, (Place, White), (Fake, Cyan)), path);
        return path;
}
}
