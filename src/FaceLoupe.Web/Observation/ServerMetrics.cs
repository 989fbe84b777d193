using System.Diagnostics.Metrics;
using FaceLoupe.Web.Queueing;

namespace FaceLoupe.Web.Observation;

/// <summary>Metrics of the server. They contain no images and no names.</summary>
internal sealed class ServerMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "FaceLoupe.Web";

    private readonly Counter<long> _pictures;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _faces;
    private readonly Histogram<double> _stages;

    public ServerMetrics(IMeterFactory meters, WorkQueue queue)
    {
        var meter = meters.Create(MeterName);
        _pictures = meter.CreateCounter<long>("faceloupe.pictures", description: "Images processed, by endpoint.");
        _refused = meter.CreateCounter<long>("faceloupe.refused", description: "Requests refused, by reason.");
        _faces = meter.CreateCounter<long>("faceloupe.faces", description: "Faces reported.");
        _stages = meter.CreateHistogram(
            "faceloupe.stage.duration",
            unit: "s",
            description: "Time an image spends in each stage.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            });
        meter.CreateObservableGauge(
            "faceloupe.queue.running", () => queue.Running, description: "Images being processed now.");
        meter.CreateObservableGauge(
            "faceloupe.queue.waiting", () => queue.Waiting, description: "Images that wait.");
    }

    /// <summary>Counts an image that was worked.</summary>
    public void Worked(string endpoint) => _pictures.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint));

    /// <summary>Counts a request that was refused.</summary>
    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>Counts the faces of an image and the time each stage took.</summary>
    public void Detected(Detections found)
    {
        _faces.Add(found.Faces.Count);
        var times = found.Times;
        Record("proposals", times.Proposals);
        Record("crops", times.Crops);
        Record("generator", times.Generator);
        Record("discriminator", times.Discriminator);
        Record("fusion", times.Fusion);
    }

    /// <summary>Counts the time of one stage.</summary>
    public void Record(string stage, TimeSpan time) =>
        _stages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
}
