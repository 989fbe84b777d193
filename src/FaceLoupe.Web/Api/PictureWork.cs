using System.Diagnostics;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Api;

/// <summary>Takes pictures in and works them in turn.</summary>
internal sealed class PictureWork(ServeOptions limits, WorkQueue queue, ServerMetrics metrics)
{
    /// <summary>Takes the picture of a request in, if there is room; dispose the arrival when it is answered.</summary>
    public async Task<Arrival> ReceiveAsync(HttpContext context, string endpoint)
    {
        var place = queue.Enter();
        try
        {
            var upload = await UploadReader.ReadAsync(context.Request, limits, context.RequestAborted);
            upload.CheckHeader(limits);
            return new Arrival(upload, place, metrics, endpoint, context.RequestAborted);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>A picture that came in and has its place in the queue.</summary>
    public sealed class Arrival(
        Upload upload, WorkQueue.Place place, ServerMetrics metrics, string endpoint, CancellationToken cancellation)
        : IDisposable
    {
        /// <summary>The file.</summary>
        public Upload Upload => upload;

        /// <summary>Whether other pictures come first.</summary>
        public bool MustWait => place.MustWait;

        /// <summary>Waits for its turn, decodes the picture and works it on a thread of its own.</summary>
        public async Task<T> WorkAsync<T>(Func<Picture, CancellationToken, T> work)
        {
            await place.TurnAsync(cancellation);

            // Also when the caller is gone the place is only left once the work has really stopped.
            var result = await Task.Run(() =>
            {
                var start = Stopwatch.GetTimestamp();
                var picture = upload.Decode();
                metrics.Record("decode", Stopwatch.GetElapsedTime(start));
                return work(picture, cancellation);
            });
            metrics.Worked(endpoint);
            return result;
        }

        /// <inheritdoc/>
        public void Dispose() => place.Dispose();
    }
}
