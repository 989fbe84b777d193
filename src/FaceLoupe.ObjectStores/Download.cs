using System.Security.Cryptography;

namespace FaceLoupe.ObjectStores;

/// <summary>One object as far as it has arrived; a retry continues from there.</summary>
/// <param name="place">Where it is.</param>
/// <param name="most">Maximum number of bytes.</param>
internal sealed class Download(string place, long most) : IDisposable
{
    private readonly MemoryStream _arrived = new();
    private string? _version;

    /// <summary>All of it.</summary>
    public byte[] Content => _arrived.ToArray();

    /// <summary>Fetches the rest.</summary>
    /// <returns>False: there is no such object.</returns>
    /// <exception cref="BusyException">It broke off or arrived damaged.</exception>
    public bool GoOn(ISource source, CancellationToken stop)
    {
        // Without a version, the two halves might be of different objects.
        if (_version is null)
        {
            _arrived.SetLength(0);
        }

        using var opened = source.Open(place, _arrived.Length, _version, stop);
        if (opened is null)
        {
            return false;
        }

        _arrived.SetLength(opened.Offset);
        _version = opened.Version;
        Copy(opened, stop);
        if (opened.Length is { } length && _arrived.Length != length)
        {
            throw new BusyException(FormattableString.Invariant($"{_arrived.Length} of {length} bytes arrived"));
        }

        Compare(opened.Md5, StoredHash.Of, "MD5");
        Compare(opened.Sha256, SHA256.HashData, "SHA-256");
        return true;
    }

    public void Dispose() => _arrived.Dispose();

    private void Copy(OpenedObject opened, CancellationToken stop)
    {
        _arrived.Position = _arrived.Length;
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            while ((read = opened.Content.Read(buffer)) > 0)
            {
                stop.ThrowIfCancellationRequested();
                _arrived.Write(buffer, 0, read);
                if (_arrived.Length > most)
                {
                    throw new FaceLoupeException(FormattableString.Invariant($"{place}: has more than {most} bytes."));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or TimeoutException)
        {
            throw new BusyException(fault.Message, fault);
        }
    }

    private void Compare(byte[]? reported, Func<byte[], byte[]> hash, string name)
    {
        if (reported is not null && !hash(_arrived.ToArray()).AsSpan().SequenceEqual(reported))
        {
            // From the beginning: the position of the fault is unknown.
            _version = null;
            throw new BusyException($"the bytes that arrived do not have the {name} that was reported");
        }
    }
}
