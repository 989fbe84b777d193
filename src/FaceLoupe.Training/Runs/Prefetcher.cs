using System.Runtime.ExceptionServices;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// Prepares samples on background threads and returns them in the order of their indices, so that a run gets the same
/// samples with any number of threads.
/// </summary>
internal sealed class Prefetcher<T> : IDisposable
{
    private readonly Func<long, T> produce;
    private readonly Slot?[] ring;
    private readonly Thread[] workers;
    private readonly object gate = new();
    private long claimed;
    private long consumed;
    private bool stopped;

    /// <summary>Starts the threads.</summary>
    /// <param name="produce">Makes the sample of an index; called from several threads at once.</param>
    /// <param name="start">The first index.</param>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="capacity">Maximum number of samples ahead, at least 1; null: two per thread, at least four.</param>
    public Prefetcher(Func<long, T> produce, long start = 0, int workers = 1, int? capacity = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var ahead = capacity ?? Math.Max(4, 2 * workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1, nameof(capacity));
        this.produce = produce;
        claimed = consumed = start;
        ring = new Slot?[ahead];
        this.workers = [.. Enumerable.Range(0, workers).Select(number =>
            new Thread(Work) { IsBackground = true, Name = $"prefetch {number}" })];
        Array.ForEach(this.workers, worker => worker.Start());
    }

    /// <summary>
    /// The sample of the next index; waits for it. An exception of the producer is thrown at its index, and at every
    /// later call.
    /// </summary>
    public T Next(CancellationToken cancellation = default)
    {
        using var wake = cancellation.Register(() =>
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        });
        lock (gate)
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(stopped, this);
                cancellation.ThrowIfCancellationRequested();
                ref var slot = ref ring[consumed % ring.Length];
                if (slot is not null)
                {
                    slot.Fault?.Throw();
                    var sample = slot.Sample!;
                    slot = null;
                    consumed++;
                    Monitor.PulseAll(gate);
                    return sample;
                }

                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Stops the threads, waits for them and disposes of the remaining samples.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }

        Array.ForEach(workers, worker => worker.Join());
        foreach (var slot in ring.OfType<Slot>())
        {
            (slot.Sample as IDisposable)?.Dispose();
        }

        Array.Clear(ring);
    }

    private void Work()
    {
        while (Claim() is { } index)
        {
            Slot slot;
            try
            {
                slot = new Slot(produce(index), null);
            }
#pragma warning disable CA1031 // Thrown again by Next.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                slot = new Slot(default, ExceptionDispatchInfo.Capture(fault));
            }

            lock (gate)
            {
                ring[index % ring.Length] = slot;
                Monitor.PulseAll(gate);
            }
        }
    }

    private long? Claim()
    {
        lock (gate)
        {
            while (!stopped && claimed - consumed >= ring.Length)
            {
                Monitor.Wait(gate);
            }

            return stopped ? null : claimed++;
        }
    }

    private sealed record Slot(T? Sample, ExceptionDispatchInfo? Fault);
}
