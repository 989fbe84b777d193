using System.Text.Json;
using System.Threading.Channels;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace FaceLoupe.Web.Api;

/// <summary><c>POST /v1/detect</c>: finds the faces of an image.</summary>
internal sealed class DetectEndpoint(
    PictureWork work, ModelBundle bundle, ServerMetrics metrics, WorkQueue queue, IOptions<JsonOptions> json)
{
    /// <summary>Media type of a streamed response: a JSON object per line.</summary>
    public const string Lines = "application/x-ndjson";

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var query = new Query(context.Request, "minScore", "stages", "landmarks", "stream", "strict");
        var (options, stream, strict) = (query.Detector, query.Stream, query.Strict(false));
        if (options.Landmarks && bundle.Manifest.Discriminator.Landmarks is null)
        {
            throw RequestRefusedException.BadParameter("landmarks: the model that is loaded gives none; leave it out.");
        }

        var arrival = await work.ReceiveAsync(context, "detect");
        try
        {
            arrival.Upload.RefuseFieldsBut();
            if (stream != StreamDetail.None)
            {
                await StreamAsync(context, arrival, options, strict, early: stream == StreamDetail.Tiles);
                return Results.Empty;
            }

            return Results.Json(await arrival.WorkAsync((picture, cancellation) =>
            {
                arrival.Upload.RefuseDamage(picture, strict);
                var detector = new FaceLoupeDetector(bundle, options);
                return Conclude(detector, arrival, detector.Detect(picture, arrival.Upload.Name, cancellation));
            }));
        }
        finally
        {
            arrival.Dispose();
        }
    }

    // The detector reports on its own thread; the channel carries the reports to the response.
    private async Task StreamAsync(
        HttpContext context, PictureWork.Arrival arrival, DetectorOptions options, bool strict, bool early)
    {
        var events = Channel.CreateUnbounded<DetectionEvent>(new UnboundedChannelOptions { SingleReader = true });
        if (arrival.MustWait)
        {
            events.Writer.TryWrite(new QueuedEvent(Math.Max(1, queue.Running + queue.Waiting - 1)));
        }

        var detection = arrival.WorkAsync((picture, cancellation) =>
        {
            arrival.Upload.RefuseDamage(picture, strict);
            events.Writer.TryWrite(new PictureEvent(picture.Width, picture.Height));
            var detector = new FaceLoupeDetector(bundle, options);
            var relay = new Relay(events.Writer);
            return Conclude(detector, arrival, early
                ? detector.Detect(picture, relay, relay, cancellation)
                : detector.Detect(picture, relay, cancellation));
        });
        _ = detection.ContinueWith(_ => events.Writer.Complete(), TaskScheduler.Default);

        try
        {
            await foreach (var line in events.Reader.ReadAllAsync())
            {
                await WriteAsync(context, line);
            }
        }
        finally
        {
            // The place in the queue must not be left while the cores are still busy with this image.
            await Task.WhenAny(detection);
        }

        await WriteAsync(context, await LastAsync(context, detection));
    }

    private static async Task<DetectionEvent> LastAsync(HttpContext context,
        Task<DetectionDocument<FaceEntry>> detection)
    {
        try
        {
            return new ResultEvent(await detection);
        }
        catch (Exception fault) when (context.Response.HasStarted && fault is not OperationCanceledException)
        {
            // The status has been sent already: the fault comes as the last line.
            var problem = ProblemText.Of(fault);
            ProblemText.Complete(problem);
            return new ProblemEvent(problem);
        }
    }

    private DetectionDocument<FaceEntry> Conclude(FaceLoupeDetector detector, PictureWork.Arrival arrival,
        Detections found)
    {
        metrics.Detected(found);
        return DetectionDocument<FaceEntry>.Of(
            detector.Model,
            detector.ModelReason,
            detector.MinScore,
            [
                new ImageEntry<FaceEntry>
                {
                    Image = arrival.Upload.Name,
                    Width = found.Width,
                    Height = found.Height,
                    Damaged = found.Damage is null ? null : true,
                    Faces = [.. found.Faces.Select(FaceEntry.Of)],
                },
            ],
            []);
    }

    private async Task WriteAsync(HttpContext context, DetectionEvent line)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = Lines;
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(line, json.Value.SerializerOptions);
        await context.Response.Body.WriteAsync(text);
        await context.Response.Body.WriteAsync("\n"u8.ToArray());
        await context.Response.Body.FlushAsync();
    }

    private sealed class Relay(ChannelWriter<DetectionEvent> events)
        : IProgress<FirstStageProgress>, IProgress<DetectionProgress>
    {
        public void Report(FirstStageProgress value) => events.TryWrite(
            new EarlyEvent(Math.Round((decimal)value.Part, 3), [.. value.Confident.Select(ProposalEntry.Of)]));

        public void Report(DetectionProgress value) => events.TryWrite(value.Done == 0
            ? new ProposalsEvent([.. value.Proposals.Select(ProposalEntry.Of)])
            : new FacesEvent(value.Done, [.. value.Scored.Select(FaceEntry.Of)]));
    }
}
