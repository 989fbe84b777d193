namespace FaceLoupe.Imaging;

/// <summary>How the bytes of raw pixels follow one another; each channel has one byte, from 0 to 255.</summary>
public enum PixelLayout
{
    /// <summary>Red, green, blue: 3 bytes per pixel.</summary>
    Rgb24,

    /// <summary>Blue, green, red: 3 bytes per pixel, as OpenCV and Windows bitmaps have them.</summary>
    Bgr24,

    /// <summary>Red, green, blue, alpha: 4 bytes per pixel, the colours not multiplied by alpha.</summary>
    Rgba32,

    /// <summary>Blue, green, red, alpha: 4 bytes per pixel, the colours not multiplied by alpha.</summary>
    Bgra32,

    /// <summary>One byte of brightness a pixel.</summary>
    Gray8,
}
