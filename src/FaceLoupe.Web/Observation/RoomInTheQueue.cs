using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Stopping;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaceLoupe.Web.Observation;

/// <summary>
/// Ready as long as the next image would not be refused: there is room, and the server is not ending. The model is
/// loaded before the server listens.
/// </summary>
internal sealed class RoomInTheQueue(WorkQueue queue, Drain drain) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(drain.HasBegun
            ? HealthCheckResult.Unhealthy("The server is ending.")
            : queue.IsFull
            ? HealthCheckResult.Unhealthy("The queue is full.")
            : HealthCheckResult.Healthy("The model is loaded and there is room in the queue."));
}
