using FaceLoupe.Imaging;

namespace FaceLoupe.Codecs;

/// <summary>Makes FaceLoupe read HEIC, AVIF, TIFF, JPEG XL and JPEG 2000.</summary>
public static class MoreFormats
{
    /// <summary>
    /// Adds the formats for the whole process; a second call changes nothing. Native code is loaded on use.
    /// </summary>
    public static void Enable() => PictureCodec.Add(new MagickCodec());
}
