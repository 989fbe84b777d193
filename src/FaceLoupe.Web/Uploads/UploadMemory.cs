using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;

namespace FaceLoupe.Web.Uploads;

/// <summary>
/// The memory of all uploads together, counted as they come in: one that only claims to be large, or is slow, takes
/// little of it. Thread-safe.
/// </summary>
internal sealed class UploadMemory(ServeOptions options, WorkQueue queue)
{
    private readonly Lock _gate = new();
    private long _taken;

    /// <summary>Bytes that are taken now.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>The share of one upload; dispose it when the upload is forgotten.</summary>
    public Share Open() => new(this);

    private RequestRefusedException Busy() => queue.Busy();

    private bool TryTake(long count)
    {
        lock (_gate)
        {
            if (_taken + count > options.MaxUploadMemoryBytes)
            {
                return false;
            }

            _taken += count;
            return true;
        }
    }

    private void GiveBack(long count)
    {
        lock (_gate)
        {
            _taken -= count;
        }
    }

    /// <summary>What one upload takes. Used by one thread at a time.</summary>
    public sealed class Share(UploadMemory memory) : IDisposable
    {
        private long _mine;

        /// <summary>Takes some bytes more.</summary>
        /// <exception cref="RequestRefusedException">The memory is used up: 503.</exception>
        public void Add(int count)
        {
            if (!memory.TryTake(count))
            {
                throw memory.Busy();
            }

            _mine += count;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            memory.GiveBack(_mine);
            _mine = 0;
        }
    }
}
