using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Names and formats of the copies of images and videos, masked or marked.
/// </summary>
internal static class CopyNames
{
    /// <summary>Extensions of the formats that images are written in.</summary>
    public static IReadOnlyList<string> PictureExtensions { get; } = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Extensions of the formats of copies.</summary>
    /// <param name="video">Whether those of videos, rather than of images.</param>
    public static IReadOnlyList<string> Extensions(bool video) => video ? VideoWriter.Extensions : PictureExtensions;

    /// <summary>Whether a path has the extension of a copy.</summary>
    public static bool IsWritable(string path, bool video) =>
        Extensions(video).Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a path is named like an image or video, of a format that is written or only read.
    /// </summary>
    public static bool IsFile(string path) => InputKind.HasPictureExtension(path) || VideoFile.HasVideoExtension(path);

    /// <summary>
    /// An unused path below a folder. Formats that are only read become another; if an image of that name exists, a
    /// number is added.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The original's path within the folder that was given.</param>
    /// <param name="video">Whether it is a video.</param>
    /// <param name="isFree">Whether a path is unused.</param>
    /// <exception cref="FaceLoupeException">No file can have the name: it is too long.</exception>
    public static string Below(string folder, string name, bool video, Func<string, bool> isFree)
    {
        var (stem, extension) = Parts(name, video);
        return PathOf(FreeName.Of(stem, name => isFree(PathOf(name))));

        string PathOf(string name) => OutputPath.In(folder, name + extension);
    }

    /// <summary>The name of a copy below its folder, if no other has it.</summary>
    /// <param name="name">The original's path within the folder that was given.</param>
    /// <param name="video">Whether it is a video.</param>
    public static string Of(string name, bool video)
    {
        var (stem, extension) = Parts(name, video);
        return stem + extension;
    }

    private static (string Stem, string Extension) Parts(string name, bool video) => (
        name[..^Path.GetExtension(name).Length],
        IsWritable(name, video) ? Path.GetExtension(name) : video ? ".mkv" : ".png");
}
