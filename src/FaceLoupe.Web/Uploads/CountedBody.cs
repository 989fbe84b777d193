using FaceLoupe.Web.Problems;

namespace FaceLoupe.Web.Uploads;

/// <summary>
/// The body of a request, counted as a whole: what stands before, between and after the parts of a form counts too.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="most">Maximum number of bytes.</param>
/// <param name="tooLarge">What is thrown beyond that.</param>
internal sealed class CountedBody(Stream body, long most, Func<RequestRefusedException> tooLarge) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        _count += count;
        return _count > most ? throw tooLarge() : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
