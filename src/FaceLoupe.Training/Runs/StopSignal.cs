using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a token: the loop finishes its step, writes a checkpoint and returns.
/// The second signal ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly TextWriter log;
    private int presses;

    /// <summary>Listens until disposed.</summary>
    /// <param name="log">Where the wish to stop is confirmed; standard error by default.</param>
    public StopSignal(TextWriter? log = null)
    {
        this.log = log ?? Console.Error;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = Press()));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>130 after a stop by signal, as shells expect; 0 otherwise.</summary>
    public int ExitCode => Token.IsCancellationRequested ? 130 : 0;

    /// <summary>Takes one signal; false lets the system end the process.</summary>
    internal bool Press()
    {
        if (Interlocked.Increment(ref presses) > 1)
        {
            return false;
        }

        log.WriteLine();
        log.WriteLine("Stopping after this step, with a checkpoint. Once more to stop at once.");
        source.Cancel();
        return true;
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }
}
