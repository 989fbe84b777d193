namespace FaceLoupe.Cli.Isolation;

/// <summary>A request to a worker.</summary>
/// <param name="SizeOnly">Whether to read the header only.</param>
/// <param name="Name">What to call the file in messages.</param>
/// <param name="File">Its content.</param>
internal sealed record WorkerRequest(bool SizeOnly, string Name, ReadOnlyMemory<byte> File);
