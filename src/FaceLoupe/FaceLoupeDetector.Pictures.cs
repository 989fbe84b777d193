using System.Diagnostics;
using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe;

/// <content>Images in any form that an application has.</content>
public sealed partial class FaceLoupeDetector
{
    /// <summary>Finds the faces of an image file in a stream, read from its position to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The stream ends early, or is not an image.</exception>
    public Detections Detect(Stream stream, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var picture = PictureFile.Read(stream);
        var decode = Stopwatch.GetElapsedTime(start);
        return WithDecodeTime(Detect(picture, NameOf(stream), cancellationToken), decode);
    }

    /// <summary>Finds the faces of an image file that is in memory.</summary>
    /// <param name="file">The bytes of the file, of any format in <see cref="PictureFile.Formats"/>.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The bytes are not a whole image.</exception>
    public Detections Detect(ReadOnlySpan<byte> file, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var picture = PictureFile.Decode(file, "the image in memory");
        var decode = Stopwatch.GetElapsedTime(start);
        return WithDecodeTime(Detect(picture, cancellationToken: cancellationToken), decode);
    }

    /// <summary>Finds the faces of raw pixels, which are copied first; transparent parts lie over white.</summary>
    /// <param name="pixels">The bytes, the top row first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="layout">How the bytes of a pixel follow one another.</param>
    /// <param name="stride">
    /// Bytes from the start of one row to the start of the next; 0 (the default): rows follow without padding.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">An impossible size or stride, or too few bytes.</exception>
    public Detections Detect(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        PixelLayout layout,
        int stride = 0,
        CancellationToken cancellationToken = default) =>
        Detect(Picture.FromPixels(pixels, width, height, layout, stride), cancellationToken: cancellationToken);

    /// <summary>Finds the faces of a Skia bitmap of any colour type.</summary>
    /// <param name="bitmap">The bitmap, upright; it stays the caller's.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">The bitmap has no pixels, or too many.</exception>
    public Detections Detect(SKBitmap bitmap, CancellationToken cancellationToken = default) =>
        Detect(Picture.FromBitmap(bitmap), cancellationToken: cancellationToken);

    /// <summary>Finds the faces of a Skia image.</summary>
    /// <param name="image">The image, upright; it stays the caller's.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">The image's pixels cannot be read, or are too many.</exception>
    public Detections Detect(SKImage image, CancellationToken cancellationToken = default) =>
        Detect(Picture.FromImage(image), cancellationToken: cancellationToken);

    // Recorded proposals are found by path; other streams have none.
    private static string NameOf(Stream stream) => stream is FileStream file ? file.Name : "";

    private static Detections WithDecodeTime(Detections found, TimeSpan decode) =>
        found with { Times = found.Times with { Decode = decode } };
}
