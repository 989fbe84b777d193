using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Whether a file is an image or a video. Its content decides, or its extension if the content is not recognised.
/// </summary>
internal static class InputKind
{
    // Raw files of cameras cannot be decoded, but must not be skipped silently.
    private static readonly string[] RawExtensions =
    [
        ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".kdc", ".mef", ".mos",
        ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
    ];

    // Sound in containers that are also used for videos.
    private static readonly string[] SoundExtensions = [".mka", ".mks", ".weba", ".m4a", ".m4b", ".wma"];

    /// <summary>True: a video; false: an image; null: neither.</summary>
    public static bool? IsVideo(string path) => FileSignature.Read(path) switch
    {
        FileKind.Video => HasExtension(path, SoundExtensions) ? null : true,
        FileKind.TransportStream when VideoFile.HasVideoExtension(path) => true,
        FileKind.Other or FileKind.TransportStream =>
            HasVideoExtension(path) ? true : HasPictureExtension(path) ? false : null,
        _ => false,
    };

    /// <summary>Whether a name has the extension of an image, even of a format that cannot be read.</summary>
    public static bool HasPictureExtension(string path) =>
        PictureFile.HasPictureExtension(path) || HasExtension(path, RawExtensions);

    // .ts and .mts are also extensions of TypeScript and others: only their content counts.
    private static bool HasVideoExtension(string path) =>
        VideoFile.HasVideoExtension(path)
        && !Path.GetExtension(path).EndsWith("ts", StringComparison.OrdinalIgnoreCase);

    private static bool HasExtension(string path, string[] extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
