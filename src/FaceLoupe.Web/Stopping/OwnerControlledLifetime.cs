using Microsoft.Extensions.Hosting;

namespace FaceLoupe.Web.Stopping;

/// <summary>
/// The host does not listen to signals: it would stop to listen at once, and probes could not see that the server is no
/// longer ready but still at work. Who started the server ends it.
/// </summary>
internal sealed class OwnerControlledLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
