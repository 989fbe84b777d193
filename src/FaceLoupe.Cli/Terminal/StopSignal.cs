using System.Runtime.InteropServices;

namespace FaceLoupe.Cli.Terminal;

/// <summary>
/// Turns Ctrl-C (SIGINT) and SIGTERM into a token: a run stops, writes what is done and returns
/// <see cref="ExitCode.Stopped"/>. The second signal ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    /// <summary>Listens until disposed.</summary>
    public StopSignal()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = Take()));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    /// <summary>Takes one signal; false lets the system end the process.</summary>
    internal bool Take()
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            return false;
        }

        _source.Cancel();
        return true;
    }
}
