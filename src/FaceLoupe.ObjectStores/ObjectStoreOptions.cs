namespace FaceLoupe.ObjectStores;

/// <summary>How an <see cref="ObjectStore"/> goes about places that do not answer at once.</summary>
public sealed record ObjectStoreOptions
{
    /// <summary>Attempts before a transfer counts as failed.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>
    /// Longest wait before the second try; it doubles from try to try. How long is drawn by chance, so that a hundred
    /// machines do not come back at the same moment.
    /// </summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time without a response, or without a byte of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most bytes of one object.</summary>
    public long MostBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Where S3 is, if it is not Amazon's, such as <c>http://127.0.0.1:4568</c>; null: the variable
    /// AWS_ENDPOINT_URL_S3.
    /// </summary>
    public string? S3Endpoint { get; init; }
}
