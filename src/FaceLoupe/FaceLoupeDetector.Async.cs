using System.Diagnostics;
using System.Runtime.CompilerServices;
using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe;

/// <content>The same without blocking the caller's thread, for one image or many.</content>
public sealed partial class FaceLoupeDetector
{
    /// <summary>Finds the faces of an image file on a thread of the pool.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The file cannot be read as an image.</exception>
    public Task<Detections> DetectAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Task.Run(() => Detect(path, cancellationToken), cancellationToken);
    }

    /// <summary>Finds the faces of an image that is in memory, on a thread of the pool.</summary>
    /// <param name="picture">The image, upright; must stay unchanged until the task ends.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Task<Detections> DetectAsync(Picture picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Task.Run(() => Detect(picture, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>Finds the faces of an image file in a stream, such as an upload.</summary>
    /// <param name="stream">The stream, read from its position to its end; it stays open.</param>
    /// <param name="cancellationToken">Stops reading, or between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The stream ends early, or is not an image.</exception>
    public async Task<Detections> DetectAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var picture = await PictureFile.ReadAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        var decode = Stopwatch.GetElapsedTime(start);
        var found = await Task.Run(() => Detect(picture, NameOf(stream), cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return WithDecodeTime(found, decode);
    }

    /// <summary>Finds the faces of an image file that is in memory, on a thread of the pool.</summary>
    /// <param name="file">
    /// The bytes of the file, of any format in <see cref="PictureFile.Formats"/>; must stay unchanged until the task
    /// ends.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The bytes are not a whole image.</exception>
    public Task<Detections> DetectAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default) =>
        Task.Run(() => Detect(file.Span, cancellationToken), cancellationToken);

    /// <summary>
    /// Finds the faces of raw pixels on a thread of the pool; transparent parts lie over white. The pixels are copied
    /// before the call returns, so that their buffer can be reused.
    /// </summary>
    /// <param name="pixels">The bytes, the top row first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="layout">How the bytes of a pixel follow one another.</param>
    /// <param name="stride">
    /// Bytes from the start of one row to the start of the next; 0 (the default): rows follow without padding.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">An impossible size or stride, or too few bytes.</exception>
    public Task<Detections> DetectAsync(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        PixelLayout layout,
        int stride = 0,
        CancellationToken cancellationToken = default) =>
        DetectAsync(Picture.FromPixels(pixels, width, height, layout, stride), cancellationToken);

    /// <summary>
    /// Finds the faces of a Skia bitmap of any colour type on a thread of the pool. It is copied before the call
    /// returns.
    /// </summary>
    /// <param name="bitmap">The bitmap, upright; it stays the caller's.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">The bitmap has no pixels, or too many.</exception>
    public Task<Detections> DetectAsync(SKBitmap bitmap, CancellationToken cancellationToken = default) =>
        DetectAsync(Picture.FromBitmap(bitmap), cancellationToken);

    /// <summary>
    /// Finds the faces of a Skia image on a thread of the pool. It is copied before the call returns.
    /// </summary>
    /// <param name="image">The image, upright; it stays the caller's.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="ArgumentException">The image's pixels cannot be read, or are too many.</exception>
    public Task<Detections> DetectAsync(SKImage image, CancellationToken cancellationToken = default) =>
        DetectAsync(Picture.FromImage(image), cancellationToken);

    /// <summary>
    /// Finds the faces of many image files and yields a result for each, in the given order: the faces, or what was
    /// wrong. An unreadable image never stops the others; only cancellation does.
    /// </summary>
    /// <param name="paths">The files; the sequence is read as workers become free.</param>
    /// <param name="parallel">
    /// Images processed at once, from 1 to 64. Default 1: a network already uses every core, and each image takes
    /// memory. 2 decodes one image while another is searched.
    /// </param>
    /// <param name="cancellationToken">Stops the images in progress and the sequence.</param>
    /// <exception cref="OperationCanceledException">It was cancelled while the sequence was read.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed, before or during the call.</exception>
    public IAsyncEnumerable<PictureResult> DetectManyAsync(
        IEnumerable<string> paths, int parallel = 1, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parallel, 64);
        return DetectInOrder(paths, parallel, cancellationToken);
    }

    private async IAsyncEnumerable<PictureResult> DetectInOrder(
        IEnumerable<string> paths, int parallel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<PictureResult>>();
        try
        {
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                underWay.Enqueue(Task.Run(() => Try(path, stop.Token), stop.Token));
                if (underWay.Count == parallel)
                {
                    yield return await underWay.Dequeue().ConfigureAwait(false);
                }
            }

            while (underWay.Count > 0)
            {
                yield return await underWay.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            // The reader stopped early, or the sequence of paths failed: nothing continues in the background, so that
            // the detector may be disposed.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private PictureResult Try(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new PictureResult(path, Detect(path, cancellationToken), null);
        }
        catch (FaceLoupeException fault)
        {
            return new PictureResult(path, null, fault);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or ObjectDisposedException))
        {
            // Too little memory for this one, for example: the next may fit.
            return new PictureResult(
                path, null, new FaceLoupeException(
                    $"{path}: detection failed: {fault.Message.ReplaceLineEndings(" ")}", fault));
        }
    }
}
