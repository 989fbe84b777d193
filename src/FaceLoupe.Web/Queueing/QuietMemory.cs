using System.Runtime;
using FaceLoupe.Models;
using Microsoft.Extensions.Hosting;

namespace FaceLoupe.Web.Queueing;

/// <summary>
/// Releases memory after a while without requests: what large images needed is otherwise kept for the next one.
/// </summary>
/// <param name="queue">Tells what is under way.</param>
/// <param name="bundle">The model.</param>
/// <param name="quiet">Idle time before memory is released.</param>
internal sealed class QuietMemory(WorkQueue queue, ModelBundle bundle, TimeSpan quiet) : BackgroundService
{
    /// <summary>The idle time of the running server.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    /// <summary>How often memory was given back.</summary>
    public int Times { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long seen = 0, returned = 0;
        using var timer = new PeriodicTimer(quiet);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var left = queue.Left;
            if (left == seen && left != returned && queue.Running + queue.Waiting == 0)
            {
                returned = left;
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                bundle.ReturnMemory();
                Times++;
            }

            seen = left;
        }
    }
}
