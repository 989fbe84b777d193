namespace FaceLoupe.Imaging;

/// <summary>A file format that <see cref="PictureFile"/> writes.</summary>
public enum PictureFormat
{
    /// <summary>PNG: exact.</summary>
    Png,

    /// <summary>JPEG: small, with loss.</summary>
    Jpeg,

    /// <summary>WebP: smaller, with loss.</summary>
    Webp,
}
