using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>
/// Decodes in separate processes: one that crashes, hangs or exceeds its memory is replaced.
/// </summary>
internal sealed class IsolatedDecoder : IPictureDecoder, IDisposable
{
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);

    private readonly WorkerPool _pictures;

    // An additional worker reads headers while all others are busy.
    private readonly WorkerPool _headers;

    /// <summary>Makes a decoder; workers start when they are needed.</summary>
    /// <param name="program">The program of a worker and its arguments.</param>
    /// <param name="pictures">How many images are decoded at a time.</param>
    public IsolatedDecoder(IReadOnlyList<string> program, int pictures) =>
        (_pictures, _headers) = (new WorkerPool(program, pictures), new WorkerPool(program, 1));

    /// <summary>How many workers were started so far.</summary>
    public int Started => _pictures.Started + _headers.Started;

    /// <summary>Ids of the running processes, for tests.</summary>
    public IEnumerable<int> Processes => [.. _pictures.Processes, .. _headers.Processes];

    /// <inheritdoc/>
    public PictureSize ReadSize(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken)
    {
        try
        {
            return Send(_headers, new WorkerRequest(true, name, file), cancellationToken, HeaderTime).Size;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreadablePictureException(FormattableString.Invariant(
                $"{name}: its header was not read within {HeaderTime.TotalSeconds} seconds; the file is damaged."));
        }
    }

    /// <inheritdoc/>
    public Picture Decode(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken) =>
        Send(_pictures, new WorkerRequest(false, name, file), cancellationToken).Picture!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _pictures.Dispose();
        _headers.Dispose();
    }

    private static WorkerResponse Send(
        WorkerPool pool, WorkerRequest request, CancellationToken cancellationToken, TimeSpan? most = null)
    {
        try
        {
            var response = pool.Send(request, cancellationToken, most);
            return response.Fault is null ? response : throw new UnreadablePictureException(response.Fault);
        }
        catch (WorkerDiedException fault)
        {
            throw new UnreadablePictureException(
                $"{request.Name}: the process that decoded it died ({fault.Message}): the file is damaged or "
                + "malicious, or needs more memory than --isolate-memory allows.", fault);
        }
    }
}
