namespace FaceLoupe.ObjectStores;

/// <summary>Retries and time limits of an <see cref="ObjectStore"/>.</summary>
public sealed record ObjectStoreOptions
{
    /// <summary>Attempts before a transfer counts as failed.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>
    /// Longest wait before the second try; it doubles from try to try. It is randomised, so that a hundred machines do
    /// not retry at the same moment.
    /// </summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time without a response, or without a byte of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Maximum size of one object, in bytes.</summary>
    public long MostBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Where S3 is, if it is not Amazon's, such as <c>http://127.0.0.1:4568</c>; null: the variable
    /// AWS_ENDPOINT_URL_S3.
    /// </summary>
    public string? S3Endpoint { get; init; }
}
