using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Terminal;

/// <summary>Exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Fine = 0;

    /// <summary>Some inputs failed, the others were processed.</summary>
    public const int SomeFailed = 1;

    /// <summary>A wrong option, no usable model, or no usable input: nothing was done.</summary>
    public const int NothingDone = 2;

    /// <summary>Ctrl-C or SIGTERM: what was finished by then is written. Shells use the same number.</summary>
    public const int Stopped = StopSignal.Stopped;

    /// <summary>
    /// The pipe of standard output was closed, as by <c>| head</c>: the run ended early. Shells use the same number.
    /// </summary>
    public const int ReaderGone = 141;
}
