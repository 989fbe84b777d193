namespace FaceLoupe.Cli.Isolation;

/// <summary>What is asked of a worker.</summary>
/// <param name="SizeOnly">Whether the header alone is to be read.</param>
/// <param name="Name">What to call the file in messages.</param>
/// <param name="File">Its content.</param>
internal sealed record WorkerQuestion(bool SizeOnly, string Name, ReadOnlyMemory<byte> File);
