namespace FaceLoupe.Cli.Isolation;

/// <summary>A worker died over an image.</summary>
internal sealed class WorkerDiedException(string how, Exception innerException) : Exception(how, innerException);
