using Microsoft.Extensions.Hosting;

namespace FaceLoupe.Web.Stopping;

/// <summary>
/// The host ignores signals: it would stop listening at once, and probes could not see that the server is no longer
/// ready but still at work. The code that started the server ends it.
/// </summary>
internal sealed class OwnerControlledLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
