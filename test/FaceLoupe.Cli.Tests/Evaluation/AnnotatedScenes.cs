using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Evaluation;

/// <summary>
/// A folder of two images for the tiny model: the first shows a face and a square that only the first stage
/// classifies as a face, the second shows a face of 32 px and one annotated face that is invisible.
/// </summary>
internal sealed class AnnotatedScenes : IDisposable
{
    public static readonly Box First = Square(16, 2, 3);
    public static readonly Box Fake = Square(16, 7, 6);
    public static readonly Box Second = Square(32, 1, 1);
    public static readonly Box Unseen = new(60, 60, 12, 12);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public AnnotatedScenes()
    {
        PictureFile.Write(Scene(100, 90, (First, White), (Fake, Cyan)), PathOf("images/0--A/a.png"));
        PictureFile.Write(Scene(100, 90, (Second, White)), PathOf("images/0--A/b.png"));
        File.WriteAllText(Annotations, $"0--A/a.png\n1\n{Row(First)}\n0--A/b.png\n2\n{Row(Second)}\n{Row(Unseen)}\n");
    }

    public string Annotations => PathOf("bbx_gt.txt");

    public string Images => PathOf("images");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Row(Box box) => FormattableString.Invariant($"{box.X} {box.Y} {box.Width} {box.Height}");
}
