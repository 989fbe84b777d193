namespace FaceLoupe.Imaging;

/// <summary>Says why a file is not read.</summary>
internal static class UnreadableFile
{
    /// <summary>One sentence for a file that no codec takes.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => FileSignature.Of(bytes) switch
    {
        FileKind.CameraRaw => $"camera raw files are not read; develop it to {PictureFile.Advised} first.",
        FileKind.Tiff => NeedsCodec("TIFF"),
        FileKind.Heif => NeedsCodec("HEIC"),
        FileKind.Avif => NeedsCodec("AVIF"),
        FileKind.JpegXl => NeedsCodec("JPEG XL"),
        FileKind.Jpeg2000 => NeedsCodec("JPEG 2000"),
        FileKind.Video or FileKind.TransportStream => "is a video, not an image; take images out of it first.",
        FileKind.OtherPicture =>
            $"the image's format (Photoshop, OpenEXR, JPEG XR or QOI) is not read; convert it to "
                + $"{PictureFile.Advised} first.",
        _ => StartsLikePicture(bytes)
            ? "the file starts like an image, but its header is damaged or cut short; get a whole copy."
            : $"not an image that can be read; a {PictureFile.Readable} file was expected.",
    };

    private static bool StartsLikePicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || bytes.StartsWith("RIFF"u8) || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("BM"u8);

    private static string NeedsCodec(string format) =>
        $"{format} files are read with the package FaceLoupe.Codecs only; add it, or convert the file to "
        + $"{PictureFile.Advised} first.";
}
