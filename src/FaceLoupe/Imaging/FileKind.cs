namespace FaceLoupe.Imaging;

/// <summary>The format of a file by its first bytes.</summary>
internal enum FileKind
{
    /// <summary>Nothing that is known here.</summary>
    Other,

    /// <summary>JPEG, also as the first image of an MPO file.</summary>
    Jpeg,

    /// <summary>PNG, also an animated one.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>A Windows bitmap.</summary>
    Bmp,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>TIFF, or a camera raw file that is built like one.</summary>
    Tiff,

    /// <summary>HEIC and other HEIF.</summary>
    Heif,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>JPEG XL.</summary>
    JpegXl,

    /// <summary>JPEG 2000.</summary>
    Jpeg2000,

    /// <summary>A camera raw file.</summary>
    CameraRaw,

    /// <summary>An image of an unsupported format.</summary>
    OtherPicture,

    /// <summary>A video.</summary>
    Video,

    /// <summary>A broadcast video, or a text with the same two bytes.</summary>
    TransportStream,
}
