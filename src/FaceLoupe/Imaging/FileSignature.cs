using System.Buffers.Binary;

namespace FaceLoupe.Imaging;

/// <summary>Detects the kind of files by their first bytes, whatever their names.</summary>
internal static class FileSignature
{
    /// <summary>How many bytes are enough.</summary>
    public const int Length = 256;

    private const int PacketOfTransport = 188;
    private const int TimeOfTransport = 4;
    private const byte SyncOfTransport = 0x47;

    /// <summary>
    /// Kind of a file; <see cref="FileKind.Other"/> where it is empty, no regular file, or may not be read.
    /// </summary>
    public static FileKind Read(string path)
    {
        try
        {
            return RegularFile.IsFilled(path) ? ReadStart(path) : FileKind.Other;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return FileKind.Other;
        }
    }

    /// <summary>Kind of a file by its first bytes, of which <see cref="Length"/> are enough.</summary>
    public static FileKind Of(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => FileKind.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, ..] => FileKind.Png,
        [0xFF, 0x0A, ..] => FileKind.JpegXl,
        [0xFF, 0x4F, 0xFF, 0x51, ..] => FileKind.Jpeg2000,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => FileKind.Video, // Matroska and WebM
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => FileKind.Video, // Windows Media
        [0, 0, 1, 0xBA or 0xB3, ..] => FileKind.Video, // MPEG
        [0x06, 0x0E, 0x2B, 0x34, ..] => FileKind.Video, // MXF
        [(byte)'I', (byte)'I', 0xBC, ..] or [0x76, 0x2F, 0x31, 0x01, ..] => FileKind.OtherPicture, // JPEG XR, OpenEXR
        _ => OfText(start),
    };

    private static FileKind OfText(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
        {
            return OfBrands(start);
        }

        // Bitmaps end their header's first part with zeros; a text may begin with the same two letters.
        return start.StartsWith("RIFF"u8) && start.Length >= 12
            ? start[8..12].SequenceEqual("WEBP"u8) ? FileKind.WebP
                : start[8..11].SequenceEqual("AVI"u8) ? FileKind.Video : FileKind.Other
            : start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? FileKind.Gif
            : start.StartsWith("BM"u8) && start.Length >= 18
            && start[6..10].IndexOfAnyExcept((byte)0) < 0 ? FileKind.Bmp
            : IsRaw(start) ? FileKind.CameraRaw
            : start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) ? FileKind.Tiff
            : start.StartsWith("\0\0\0\fJXL \r\n"u8) ? FileKind.JpegXl
            : start.StartsWith("\0\0\0\fjP  \r\n"u8) ? FileKind.Jpeg2000
            : start.StartsWith("8BPS"u8) || start.StartsWith("qoif"u8) ? FileKind.OtherPicture
            : IsVideo(start) ? FileKind.Video
            : IsTransportStream(start) ? FileKind.TransportStream
            : FileKind.Other;
    }

    private static bool IsRaw(ReadOnlySpan<byte> start) =>
        start.StartsWith("IIRO"u8) || start.StartsWith("IIU\0"u8) || start.StartsWith("FUJIFILMCCD-RAW"u8)
        || start.StartsWith("FOVb"u8) || start.StartsWith("\0MRM"u8)
        || (start.StartsWith("II\u001a\0\0\0"u8) && start[6..].StartsWith("HEAPCCDR"u8))
        || (start.StartsWith("II*\0"u8) && start.Length > 10 && start[8..10].SequenceEqual("CR"u8));

    private static bool IsVideo(ReadOnlySpan<byte> start) =>
        start.StartsWith("FLV\u0001"u8) || start.StartsWith(".RMF"u8)
        || (start.Length >= 8 && (start[4..8].SequenceEqual("moov"u8) || start[4..8].SequenceEqual("mdat"u8)));

    // Packets of 188 bytes that begin with a sync byte, each behind four bytes of time in .mts and .m2ts of cameras.
    private static bool IsTransportStream(ReadOnlySpan<byte> start)
    {
        const int Second = TimeOfTransport + PacketOfTransport + TimeOfTransport;
        return start.Length > Second
            && ((start[0] == SyncOfTransport && start[PacketOfTransport] == SyncOfTransport)
                || (start[TimeOfTransport] == SyncOfTransport && start[Second] == SyncOfTransport));
    }

    // The first brand is the major one; if it is "mif1", plain HEIF, the compatible brands name the codec.
    private static FileKind OfBrands(ReadOnlySpan<byte> start)
    {
        var own = OfBrand(start[8..12]);
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(start), (uint)start.Length);
        for (var at = 16; own == FileKind.Heif && at + 4 <= end; at += 4)
        {
            if (OfBrand(start.Slice(at, 4)) == FileKind.Avif)
            {
                return FileKind.Avif;
            }
        }

        return own;
    }

    private static FileKind OfBrand(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? FileKind.Avif
        : brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8)
            || brand.SequenceEqual("mif2"u8) || brand.SequenceEqual("msf1"u8) ? FileKind.Heif
        : brand.SequenceEqual("crx "u8) ? FileKind.CameraRaw
        : brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) ? FileKind.Other // sound
        : FileKind.Video;

    private static FileKind ReadStart(string path)
    {
        Span<byte> start = stackalloc byte[Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Of(start[..file.ReadAtLeast(start, Length, throwOnEndOfStream: false)]);
    }
}
