using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Stopping;
using FaceLoupe.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Api;

/// <summary>Receives images and processes them in turn, each within its time limit.</summary>
internal sealed class PictureWork(
    ServeOptions limits, WorkQueue queue, UploadMemory memory, Drain drain, ServerMetrics metrics)
{
    /// <summary>
    /// Reads the image of a request and then takes a place in the queue, so that a slow sender blocks nobody. Dispose
    /// the arrival when the response is complete.
    /// </summary>
    /// <exception cref="RequestRefusedException">400, 408, 413, 415 or 503.</exception>
    public async Task<Arrival> ReceiveAsync(HttpContext context, string endpoint)
    {
        if (queue.IsFull)
        {
            // Reported before it is sent.
            throw queue.Busy();
        }

        var share = memory.Open();
        try
        {
            var upload = await ReadAsync(context, share);
            upload.CheckHeader(limits, context.RequestAborted);
            return new Arrival(this, upload, share, queue.Enter(), endpoint, context.RequestAborted);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    private async Task<Upload> ReadAsync(HttpContext context, UploadMemory.Share share)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.GivenUp);
        deadline.CancelAfter(limits.UploadTimeout);
        try
        {
            return await UploadReader.ReadAsync(context.Request, limits, share, deadline.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw drain.GivenUp.IsCancellationRequested
                ? RequestRefusedException.Stopping()
                : RequestRefusedException.TooSlow(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The image was not here after the {limits.UploadTimeout.TotalSeconds} seconds this server "
                        + $"waits."));
        }
    }

    private async Task<T> WorkAsync<T>(
        Upload upload,
        WorkQueue.Place place,
        string endpoint,
        Func<Picture, CancellationToken, T> work,
        CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, drain.GivenUp);
        try
        {
            await place.TurnAsync(stop.Token);
            stop.CancelAfter(limits.WorkTimeout);

            // Even if the client is gone, the place is left only once the work has really stopped.
            var result = await Task.Run(() =>
            {
                var start = Stopwatch.GetTimestamp();
                var picture = upload.Decode(limits.Decoder, stop.Token);
                metrics.Record("decode", Stopwatch.GetElapsedTime(start));
                stop.Token.ThrowIfCancellationRequested();
                return work(picture, stop.Token);
            });
            metrics.Worked(endpoint);
            return result;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw drain.GivenUp.IsCancellationRequested
                ? RequestRefusedException.Stopping()
                : RequestRefusedException.TimeOut(limits.WorkTimeout);
        }
        finally
        {
            place.Dispose();
        }
    }

    /// <summary>An image that came in and has its place in the queue.</summary>
    public sealed class Arrival(
        PictureWork works,
        Upload upload,
        UploadMemory.Share share,
        WorkQueue.Place place,
        string endpoint,
        CancellationToken aborted)
        : IDisposable
    {
        /// <summary>The file.</summary>
        public Upload Upload => upload;

        /// <summary>Whether other images come first.</summary>
        public bool MustWait => place.MustWait;

        /// <summary>
        /// Waits for its turn, decodes and processes the image on a separate thread and leaves the queue, so that a
        /// client that reads slowly does not delay the next image.
        /// </summary>
        /// <exception cref="RequestRefusedException">It takes too long, or the server ends.</exception>
        public Task<T> WorkAsync<T>(Func<Picture, CancellationToken, T> work) =>
            works.WorkAsync(upload, place, endpoint, work, aborted);

        /// <inheritdoc/>
        public void Dispose()
        {
            place.Dispose();
            share.Dispose();
        }
    }
}
