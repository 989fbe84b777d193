using FaceLoupe.Cli.Tests.Video;
using FaceLoupe.Cli.Video;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>A folder of images for the tiny model, each with one face, and calls of <c>detect</c> on them.</summary>
internal sealed class DetectScenes : IDisposable
{
    public static readonly Box Face = Square(16, 2, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public string Folder => _folder.FullName;

    public static CliCall Detect(params string[] args) => CliCall.Run(["detect", .. args, "--model", TinyModel.Folder]);

    public static CliCall Detect(byte[] input, params string[] args) =>
        CliCall.Run(input, ["detect", .. args, "--model", TinyModel.Folder]);

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Saves an image with one face of 16 px, or with none.</summary>
    public string Save(string name, bool face = true)
    {
        var path = PathOf(name);
        PictureFile.Write(face ? Scene(100, 90, (Face, White)) : Scene(100, 90), path);
        return path;
    }

    /// <summary>Saves a video of ten frames per second, each but frame 1 with one face of 16 px.</summary>
    public string SaveVideo(FfmpegTools tools, string name, int frames) => tools.Make(
        PathOf(name), new FrameRate(10, 1), frames, i => i == 1 ? Scene(100, 90) : Scene(100, 90, (Face, White)));

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string[] FilesIn(string folder) =>
    [
        .. Directory.GetFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(PathOf(folder), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the images in a JSON document.</summary>
    public string[] Images(CliCall call) =>
    [
        .. call.Json.GetProperty("images").EnumerateArray().Select(image =>
            Path.GetRelativePath(Folder, image.GetProperty("image").GetString()!).Replace('\\', '/')),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
