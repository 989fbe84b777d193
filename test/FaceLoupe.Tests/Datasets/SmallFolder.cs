using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Datasets;

/// <summary>Three small images with a few faces, in a folder that is deleted afterwards.</summary>
internal sealed class SmallFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-");

    public SmallFolder()
    {
        foreach (var picture in Pictures)
        {
            PictureFile.Write(new Picture(61, 47), picture.Path);
        }
    }

    public string Images => PathOf("images");

    public IReadOnlyList<AnnotatedPicture> Pictures =>
    [
        Picture("a.b.png", new FaceAnnotation(new Box(1.1f, 2.2f, 8.3f, 9.4f)),
            new FaceAnnotation(new Box(-2, 30, 7.5f, 8), Blur: 1, Pose: 1)),
        Picture("empty.png"),
        Picture("sub/ü c.png", new FaceAnnotation(new Box(10, 20, 30, 27), Invalid: true, Occlusion: 2),
            new FaceAnnotation(new Box(1 / 3f, 0, 1, 40))),
    ];

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private AnnotatedPicture Picture(string name, params FaceAnnotation[] faces) =>
        new(name, Path.Combine(Images, name), faces);
}
