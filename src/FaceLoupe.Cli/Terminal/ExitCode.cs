using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Terminal;

/// <summary>What the program tells its caller when it ends.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Fine = 0;

    /// <summary>Some inputs were at fault, the others were processed.</summary>
    public const int SomeFailed = 1;

    /// <summary>A wrong option, no usable model, or no usable input: nothing was done.</summary>
    public const int NothingDone = 2;

    /// <summary>Ctrl-C or SIGTERM: what was finished by then is written. The number is the shells' own.</summary>
    public const int Stopped = StopSignal.Stopped;

    /// <summary>
    /// Whoever read standard output is gone, as in <c>| head</c>: the run ended early. The number is the shells' own.
    /// </summary>
    public const int ReaderGone = 141;
}
