using FaceLoupe.Web.Problems;

namespace FaceLoupe.Web.Stopping;

/// <summary>
/// The requests for work in progress. Once the server stops, further ones are refused and these are finished.
/// Thread-safe.
/// </summary>
internal sealed class Drain : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _givenUp = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _begun;

    /// <summary>Whether the server is stopping.</summary>
    public bool HasBegun
    {
        get
        {
            lock (_gate)
            {
                return _begun;
            }
        }
    }

    /// <summary>Cancelled when the time for what is under way is over.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    /// <summary>Counts a request; dispose the result when its response is complete.</summary>
    /// <exception cref="RequestRefusedException">The server is ending: 503.</exception>
    public IDisposable Enter()
    {
        lock (_gate)
        {
            if (_begun)
            {
                throw RequestRefusedException.Stopping();
            }

            _underWay++;
            return new Pass(this);
        }
    }

    /// <summary>Refuses further requests and waits for those in progress.</summary>
    /// <param name="limit">How long to wait; then what is left is cancelled.</param>
    /// <returns>How many requests were not finished in time.</returns>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        lock (_gate)
        {
            _begun = true;
            if (_underWay == 0)
            {
                _empty.TrySetResult();
            }
        }

        if (await IsEmptyWithinAsync(limit))
        {
            return 0;
        }

        int left;
        lock (_gate)
        {
            left = _underWay;
        }

        await _givenUp.CancelAsync();
        return left;
    }

    /// <summary>Waits until nothing is under way.</summary>
    /// <param name="limit">How long.</param>
    /// <returns>Whether it came to that.</returns>
    public async Task<bool> IsEmptyWithinAsync(TimeSpan limit)
    {
        await _empty.Task.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _empty.Task.IsCompleted;
    }

    /// <inheritdoc/>
    public void Dispose() => _givenUp.Dispose();

    private void Leave()
    {
        lock (_gate)
        {
            if (--_underWay == 0 && _begun)
            {
                _empty.TrySetResult();
            }
        }
    }

    private sealed class Pass(Drain drain) : IDisposable
    {
        private Drain? _drain = drain;

        public void Dispose() => Interlocked.Exchange(ref _drain, null)?.Leave();
    }
}
