namespace FaceLoupe.Web.Queueing;

/// <summary>
/// Estimates when refused callers should retry, from how long the latest images took. Each gets a time of its own: if
/// ten were given the same second, nine would be refused again. Not thread-safe.
/// </summary>
internal sealed class WaitingTime(ServeOptions options, TimeProvider time)
{
    private const int Longest = 120;

    private readonly Dictionary<object, long> _begun = [];
    private readonly long _zero = time.GetTimestamp();
    private double _secondsAPicture = 1;
    private double _promised;

    private double Now => time.GetElapsedTime(_zero).TotalSeconds;

    /// <summary>The work on an image begins.</summary>
    public void Begin(object picture) => _begun[picture] = time.GetTimestamp();

    /// <summary>An image leaves, whether or not its work had begun.</summary>
    public void End(object picture)
    {
        if (_begun.Remove(picture, out var start))
        {
            _secondsAPicture = (0.7 * _secondsAPicture) + (0.3 * time.GetElapsedTime(start).TotalSeconds);
        }
    }

    /// <summary>Seconds until the next image is finished.</summary>
    public int UntilRoom() => Whole(Next());

    /// <summary>Seconds after which a caller finds a place, after those who were promised one before.</summary>
    /// <param name="inside">Images that are being processed or wait.</param>
    public int Promise(int inside)
    {
        // Not everybody retries: nobody needs to wait longer than until all current requests are done.
        var step = _secondsAPicture / options.Concurrency;
        var all = Next() + (step * Math.Max(0, inside - options.Concurrency));
        _promised = Math.Max(Now + Next(), Math.Min(_promised + step, Now + all));
        return Whole(_promised - Now);
    }

    private double Next() => _begun.Count == 0
        ? _secondsAPicture
        : _begun.Values.Min(start => Remaining(time.GetElapsedTime(start).TotalSeconds));

    // One that takes longer than usual will probably take as long again, but never longer than it may.
    private double Remaining(double elapsed) => Math.Min(
        elapsed < _secondsAPicture ? _secondsAPicture - elapsed : elapsed,
        Math.Max(0, options.WorkTimeout.TotalSeconds - elapsed));

    private static int Whole(double seconds) => (int)Math.Clamp(Math.Ceiling(seconds), 1, Longest);
}
