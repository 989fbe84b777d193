using System.Collections.Concurrent;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Decodes frames ahead while one is searched. Only that one and those ahead are in memory.
/// </summary>
/// <param name="ahead">How many frames to decode ahead; 0: none.</param>
internal sealed class FrameQueue(int ahead)
{
    /// <summary>The frames, in order.</summary>
    /// <typeparam name="T">Type of a frame.</typeparam>
    /// <param name="frames">Decodes them; a fault is thrown after the frames before it.</param>
    /// <param name="stop">Stops waiting for a frame.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IEnumerable<T> Read<T>(IEnumerable<T> frames, CancellationToken stop)
    {
        if (ahead == 0)
        {
            foreach (var frame in frames)
            {
                stop.ThrowIfCancellationRequested();
                yield return frame;
            }

            yield break;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var places = new SemaphoreSlim(ahead);
        using var ready = new BlockingCollection<T>();
        var decoding = Task.Run(() => Decode(frames, places, ready, ended.Token), CancellationToken.None);
        try
        {
            foreach (var frame in ready.GetConsumingEnumerable(stop))
            {
                places.Release();
                yield return frame;
            }

            decoding.GetAwaiter().GetResult();
        }
        finally
        {
            // If the caller stops early, decoding must end too.
            ended.Cancel();
            ((IAsyncResult)decoding).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Decode<T>(
        IEnumerable<T> frames, SemaphoreSlim places, BlockingCollection<T> ready, CancellationToken ended)
    {
        try
        {
            using var walk = frames.GetEnumerator();
            places.Wait(ended);
            while (walk.MoveNext())
            {
                ready.Add(walk.Current, ended);
                places.Wait(ended);
            }
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
