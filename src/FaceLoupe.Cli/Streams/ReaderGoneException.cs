namespace FaceLoupe.Cli.Streams;

/// <summary>Whoever read standard output has seen enough, as <c>head</c> has: there is no point in going on.</summary>
internal sealed class ReaderGoneException(IOException fault) : Exception(fault.Message, fault);
