using System.Diagnostics;
using System.Runtime.CompilerServices;
using FaceLoupe.Imaging;

namespace FaceLoupe;

/// <content>The same without holding the caller's thread, one picture at a time or many.</content>
public sealed partial class FaceLoupeDetector
{
    /// <summary>Finds the faces of a picture file on a thread of the pool.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The file cannot be read as a picture.</exception>
    public Task<Detections> DetectAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Task.Run(() => Detect(path, cancellation), cancellation);
    }

    /// <summary>Finds the faces of a picture that is in memory, on a thread of the pool.</summary>
    /// <param name="picture">The picture, upright; must stay unchanged until the task ends.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    public Task<Detections> DetectAsync(Picture picture, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Task.Run(() => Detect(picture, cancellation: cancellation), cancellation);
    }

    /// <summary>Finds the faces of a picture file that a stream carries, such as an upload.</summary>
    /// <param name="stream">The stream, read from where it stands to its end; it stays open.</param>
    /// <param name="cancellation">Stops reading, or between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The stream breaks off, or holds no picture.</exception>
    public async Task<Detections> DetectAsync(Stream stream, CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var picture = await PictureFile.ReadAsync(stream, cancellation: cancellation).ConfigureAwait(false);
        var decode = Stopwatch.GetElapsedTime(start);
        var found = await Task.Run(() => Detect(picture, NameOf(stream), cancellation), cancellation).ConfigureAwait(false);
        return WithDecodeTime(found, decode);
    }

    /// <summary>
    /// Finds the faces of many picture files, and tells of each in the order given: what was found, or what was wrong
    /// with it. A picture at fault never stops the others; only cancelling does.
    /// </summary>
    /// <param name="paths">The files; taken one by one, as there is room for them.</param>
    /// <param name="parallel">
    /// Pictures under way at once, from 1 to 64. Default 1: a network already uses every core, and each picture under way
    /// takes memory of its own. 2 decodes one picture while another is searched.
    /// </param>
    /// <param name="cancellation">Stops the pictures under way and the sequence.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, while the sequence is read.</exception>
    public IAsyncEnumerable<PictureResult> DetectManyAsync(
        IEnumerable<string> paths, int parallel = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parallel, 64);
        return DetectInOrder(paths, parallel, cancellation);
    }

    private async IAsyncEnumerable<PictureResult> DetectInOrder(
        IEnumerable<string> paths, int parallel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var underWay = new Queue<Task<PictureResult>>();
        try
        {
            foreach (var path in paths)
            {
                cancellation.ThrowIfCancellationRequested();
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
            // A reader who has seen enough, or a fault of the sequence of paths: nothing goes on behind their back, and
            // the detector may be disposed afterwards.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private PictureResult Try(string path, CancellationToken cancellation)
    {
        try
        {
            return new PictureResult(path, Detect(path, cancellation), null);
        }
        catch (FaceLoupeException fault)
        {
            return new PictureResult(path, null, fault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Too little memory for this one, say: the next may fit.
            return new PictureResult(
                path, null, new FaceLoupeException($"{path}: detection failed: {fault.Message.ReplaceLineEndings(" ")}", fault));
        }
    }
}
