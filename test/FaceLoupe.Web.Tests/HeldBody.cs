using System.Net;

namespace FaceLoupe.Web.Tests;

/// <summary>An image whose second half is sent only when released.</summary>
internal sealed class HeldBody : HttpContent
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _picture;

    public HeldBody(byte[]? picture = null)
    {
        _picture = picture ?? Scenes.CrowdPng;
        Headers.TryAddWithoutValidation("Content-Type", "image/png");
    }

    /// <summary>The server reads it, and the first half is on its way.</summary>
    public Task Begun => _begun.Task;

    public void Release() => _released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var half = _picture.Length / 2;
        await stream.WriteAsync(_picture.AsMemory(0, half));
        await stream.FlushAsync();
        _begun.SetResult();
        await _released.Task;
        await stream.WriteAsync(_picture.AsMemory(half));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        Release(); // nobody waits for a test that failed
        base.Dispose(disposing);
    }
}
