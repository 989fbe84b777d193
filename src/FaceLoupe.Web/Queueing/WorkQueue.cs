using FaceLoupe.Web.Problems;

namespace FaceLoupe.Web.Queueing;

/// <summary>
/// Lets a few pictures be worked at a time and a few wait: one detection uses all cores, and a picture that waits
/// occupies memory. What comes beyond that is refused at once. Safe to use from many threads.
/// </summary>
internal sealed class WorkQueue(ServeOptions options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency);
    private readonly Lock _gate = new();
    private int _inside;
    private double _secondsAPicture = 1;

    /// <summary>Pictures being worked now.</summary>
    public int Running => options.Concurrency - _slots.CurrentCount;

    /// <summary>Pictures that arrive or wait.</summary>
    public int Waiting => Math.Max(0, Inside - Running);

    /// <summary>Whether the next picture would be refused.</summary>
    public bool IsFull => Inside >= options.Concurrency + options.QueueLength;

    private int Inside
    {
        get
        {
            lock (_gate)
            {
                return _inside;
            }
        }
    }

    /// <summary>Takes a place for a picture that is about to arrive; dispose it when its work is over.</summary>
    /// <exception cref="RequestRefusedException">No place is left: 503, and when to try again.</exception>
    public Place Enter()
    {
        lock (_gate)
        {
            if (_inside >= options.Concurrency + options.QueueLength)
            {
                throw RequestRefusedException.Busy(SecondsUntilRoom());
            }

            _inside++;
            return new Place(this);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    // How long the pictures inside will take, judged by the latest ones.
    private int SecondsUntilRoom() =>
        (int)Math.Clamp(Math.Ceiling(_secondsAPicture * _inside / options.Concurrency), 1, 120);

    private void Leave(TimeSpan? worked)
    {
        lock (_gate)
        {
            _inside--;
            if (worked is { } time)
            {
                _secondsAPicture = (0.7 * _secondsAPicture) + (0.3 * time.TotalSeconds);
            }
        }
    }

    /// <summary>One picture's place in the queue.</summary>
    public sealed class Place(WorkQueue queue) : IDisposable
    {
        private long _began;
        private bool _left;

        /// <summary>Whether other pictures come first, as far as can be told now.</summary>
        public bool MustWait => queue._slots.CurrentCount == 0;

        /// <summary>Waits for its turn.</summary>
        public async Task TurnAsync(CancellationToken cancellation)
        {
            await queue._slots.WaitAsync(cancellation);
            _began = System.Diagnostics.Stopwatch.GetTimestamp();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_left)
            {
                return;
            }

            _left = true;
            if (_began == 0)
            {
                queue.Leave(null);
                return;
            }

            queue._slots.Release();
            queue.Leave(System.Diagnostics.Stopwatch.GetElapsedTime(_began));
        }
    }
}
