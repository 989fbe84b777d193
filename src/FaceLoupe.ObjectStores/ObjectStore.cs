using System.Security.Cryptography;

namespace FaceLoupe.ObjectStores;

/// <summary>
/// Reads objects of <c>s3://bucket/key</c> and <c>https://host/path</c>, and writes those of <c>s3://</c>. Downloads
/// that break off are resumed, busy servers are retried, and the result is compared with the checksum that the server
/// reports.
/// </summary>
public sealed class ObjectStore : IDisposable
{
    private const int LongestShift = 6;

    private static readonly string[] Schemes = ["s3://", "https://", "http://"];

    private readonly ObjectStoreOptions _options;
    private readonly Lazy<S3Source> _s3;
    private readonly HttpSource _http;

    /// <summary>Makes a reader.</summary>
    /// <param name="options">Retries and time limits; null: the defaults.</param>
    public ObjectStore(ObjectStoreOptions? options = null)
    {
        _options = options ?? new ObjectStoreOptions();
        _s3 = new Lazy<S3Source>(() => new S3Source(_options));
        _http = new HttpSource(_options);
    }

    /// <summary>Whether a text names an object rather than a file of this machine.</summary>
    public static bool IsPlace(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Array.Exists(Schemes, scheme => place.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The content of an object.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="cancellationToken">Ends the work, and the waiting between two tries.</param>
    /// <exception cref="FaceLoupeException">There is none, it may not be read, or all tries failed.</exception>
    public byte[] Read(string place, CancellationToken cancellationToken = default) =>
        TryRead(place, cancellationToken) ?? throw new FaceLoupeException($"{place}: there is no such object.");

    /// <summary>The content of an object; null: there is none.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="cancellationToken">Ends the work, and the waiting between two tries.</param>
    /// <exception cref="FaceLoupeException">It may not be read, or all tries failed.</exception>
    public byte[]? TryRead(string place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        var source = SourceOf(place);
        using var download = new Download(place, _options.MostBytes);
        return Try(place, () => download.GoOn(source, cancellationToken), cancellationToken) ? download.Content : null;
    }

    /// <summary>Writes an object; one that is there is replaced as a whole.</summary>
    /// <param name="place">Where it goes: <c>s3://bucket/key</c>.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellationToken">Ends the work, and the waiting between two tries.</param>
    /// <exception cref="FaceLoupeException">The place cannot be written, or all tries failed.</exception>
    public void Write(string place, byte[] content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(content);
        if (!place.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            throw new FaceLoupeException($"{place}: only s3:// places are written to; https:// ones are read.");
        }

        Try(
            place,
            () =>
            {
                _s3.Value.Write(place, content, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        if (_s3.IsValueCreated)
        {
            _s3.Value.Dispose();
        }
    }

    private ISource SourceOf(string place)
    {
        if (!place.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            return _http;
        }

        // An invalid place is refused without keys.
        _ = S3Source.Parse(place);
        return _s3.Value;
    }

    private bool Try(string place, Func<bool> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (BusyException fault) when (!stop.IsCancellationRequested)
            {
                if (attempt >= _options.Tries)
                {
                    throw new FaceLoupeException(FormattableString.Invariant(
                        $"{place}: failed {attempt} times, at last with: {fault.Message.ReplaceLineEndings(" ")}"),
                        fault);
                }
            }

            // Random, from nothing to the whole wait: machines that failed together retry one by one.
            var most = _options.Wait * (1 << Math.Min(attempt - 1, LongestShift));
            stop.WaitHandle.WaitOne(most * (RandomNumberGenerator.GetInt32(1, 1001) / 1000.0));
            stop.ThrowIfCancellationRequested();
        }
    }
}
