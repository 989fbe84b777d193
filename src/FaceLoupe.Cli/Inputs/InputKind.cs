using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Whether a file is an image or a video. Its content decides; only where that says nothing, its ending does.
/// </summary>
internal static class InputKind
{
    // Of cameras: nobody develops them here, and they must not be passed over in silence.
    private static readonly string[] RawExtensions =
        [".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".pef", ".srw"];

    // They come in containers that videos come in too.
    private static readonly string[] SoundExtensions = [".mka", ".mks", ".weba", ".m4a", ".m4b", ".wma"];

    /// <summary>True: a video; false: an image; null: neither, as far as can be seen.</summary>
    public static bool? IsVideo(string path) => FileSignature.Read(path) switch
    {
        FileKind.Video => HasExtension(path, SoundExtensions) ? null : true,
        FileKind.TransportStream when VideoFile.HasVideoExtension(path) => true,
        FileKind.Other or FileKind.TransportStream =>
            HasVideoExtension(path) ? true : HasPictureExtension(path) ? false : null,
        _ => false,
    };

    /// <summary>True for a name that says image, of a format that is read or not.</summary>
    public static bool HasPictureExtension(string path) =>
        PictureFile.HasPictureExtension(path) || HasExtension(path, RawExtensions);

    // Other things are called .ts and .mts too, TypeScript among them: there only the content counts.
    private static bool HasVideoExtension(string path) =>
        VideoFile.HasVideoExtension(path)
        && !Path.GetExtension(path).EndsWith("ts", StringComparison.OrdinalIgnoreCase);

    private static bool HasExtension(string path, string[] extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
