using System.Collections.Concurrent;

namespace FaceLoupe.Cli.Isolation;

/// <summary>A pool of workers, which are started when first needed and replaced when they die.</summary>
/// <param name="program">The program and its arguments.</param>
/// <param name="size">How many at a time.</param>
internal sealed class WorkerPool(IReadOnlyList<string> program, int size) : IDisposable
{
    private readonly SemaphoreSlim _places = new(size);
    private readonly ConcurrentDictionary<WorkerProcess, bool> _all = [];
    private readonly ConcurrentStack<WorkerProcess> _idle = [];
    private int _started;
    private volatile bool _isOver;

    /// <summary>How many were started so far.</summary>
    public int Started => _started;

    /// <summary>Ids of the running processes, for tests.</summary>
    public IEnumerable<int> Processes => _all.Keys.Select(worker => worker.Id);

    /// <summary>Asks a free worker, waiting for one if necessary.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels, and kills the worker.</param>
    /// <param name="most">The time for an answer, without the wait for a worker; null (the default): any.</param>
    /// <exception cref="WorkerDiedException">It died while answering.</exception>
    public WorkerResponse Send(WorkerRequest request, CancellationToken cancellationToken, TimeSpan? most = null)
    {
        _places.Wait(cancellationToken);
        try
        {
            var worker = Take();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(most ?? Timeout.InfiniteTimeSpan);
            try
            {
                var response = worker.Send(request, end.Token);
                _idle.Push(worker);
                return response;
            }
            catch
            {
                Remove(worker);
                throw;
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends all workers.</summary>
    public void Dispose()
    {
        _isOver = true;
        foreach (var worker in _all.Keys)
        {
            Remove(worker);
        }

        // The semaphore is not disposed: an image that is read ahead may still wait for it.
    }

    // A worker that ended while idle must not fail the next image.
    private WorkerProcess Take()
    {
        while (_idle.TryPop(out var idle))
        {
            if (idle.IsAlive)
            {
                return idle;
            }

            Remove(idle);
        }

        var worker = WorkerProcess.Start(program);
        _all.TryAdd(worker, true);
        Interlocked.Increment(ref _started);
        if (_isOver)
        {
            Remove(worker); // an image that was read ahead asks for it
        }

        return worker;
    }

    private void Remove(WorkerProcess worker)
    {
        if (_all.TryRemove(worker, out _))
        {
            worker.Dispose();
        }
    }
}

/// <summary>A worker died while decoding an image.</summary>
internal sealed class WorkerDiedException(string how, Exception innerException) : Exception(how, innerException);
