namespace FaceLoupe.ObjectStores;

/// <summary>An object on its way.</summary>
/// <param name="Content">Its bytes, from the offset on.</param>
/// <param name="Offset">Where they begin: 0 if the server supports no ranges, or the object has changed.</param>
/// <param name="Length">How many the whole object has; null: not reported.</param>
/// <param name="Version">The server's identifier of this version; null: not reported.</param>
/// <param name="Owner">What is closed with it.</param>
internal sealed record OpenedObject(Stream Content, long Offset, long? Length, string? Version, IDisposable Owner)
    : IDisposable
{
    /// <summary>MD5 of the whole object; null: not reported.</summary>
    public byte[]? Md5 { get; init; }

    /// <summary>SHA-256 of the whole object; null: not reported.</summary>
    public byte[]? Sha256 { get; init; }

    public void Dispose()
    {
        Content.Dispose();
        Owner.Dispose();
    }
}
