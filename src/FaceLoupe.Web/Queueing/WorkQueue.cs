using FaceLoupe.Web.Problems;

namespace FaceLoupe.Web.Queueing;

/// <summary>
/// Limits the images that are processed at a time and those that wait: one detection uses all cores, and an image that
/// waits occupies memory. Further ones are refused at once. Only an image that has been received takes a place.
/// Thread-safe.
/// </summary>
/// <param name="options">How many.</param>
/// <param name="time">The clock; null: the system's.</param>
internal sealed class WorkQueue(ServeOptions options, TimeProvider? time = null) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency);
    private readonly Lock _gate = new();
    private readonly WaitingTime _waiting = new(options, time ?? TimeProvider.System);
    private int _inside;
    private long _left;

    /// <summary>Images being worked now.</summary>
    public int Running => options.Concurrency - _slots.CurrentCount;

    /// <summary>Images that wait.</summary>
    public int Waiting => Math.Max(0, Inside - Running);

    /// <summary>Whether the next image would be refused.</summary>
    public bool IsFull => Inside >= options.Concurrency + options.QueueLength;

    /// <summary>Images that left so far.</summary>
    public long Left => Interlocked.Read(ref _left);

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

    /// <summary>Takes a place for an image; dispose it when its work is over.</summary>
    /// <exception cref="RequestRefusedException">No place is left: 503, and when to try again.</exception>
    public Place Enter()
    {
        lock (_gate)
        {
            if (_inside >= options.Concurrency + options.QueueLength)
            {
                throw RequestRefusedException.Busy(_waiting.Promise(_inside));
            }

            _inside++;
            return new Place(this);
        }
    }

    /// <summary>The exception for a caller without a place.</summary>
    public RequestRefusedException Busy()
    {
        lock (_gate)
        {
            return RequestRefusedException.Busy(_waiting.Promise(_inside));
        }
    }

    /// <summary>In how many seconds there will be a place, as far as is known.</summary>
    public int SecondsUntilRoom()
    {
        lock (_gate)
        {
            return _waiting.UntilRoom();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private void Begin(Place place)
    {
        lock (_gate)
        {
            _waiting.Begin(place);
        }
    }

    private void Leave(Place place)
    {
        lock (_gate)
        {
            _inside--;
            Interlocked.Increment(ref _left);
            _waiting.End(place);
        }
    }

    /// <summary>One image's place in the queue.</summary>
    public sealed class Place(WorkQueue queue) : IDisposable
    {
        private bool _began;
        private bool _left;

        /// <summary>Whether other images come first, as far as is known now.</summary>
        public bool MustWait => queue._slots.CurrentCount == 0;

        /// <summary>Waits for its turn.</summary>
        public async Task TurnAsync(CancellationToken cancellation)
        {
            await queue._slots.WaitAsync(cancellation);
            _began = true;
            queue.Begin(this);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_left)
            {
                return;
            }

            _left = true;
            if (_began)
            {
                queue._slots.Release();
            }

            queue.Leave(this);
        }
    }
}
