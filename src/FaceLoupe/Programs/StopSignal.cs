using System.Runtime.InteropServices;

namespace FaceLoupe.Programs;

/// <summary>
/// Turns Ctrl-C (SIGINT) and SIGTERM into a token: a run stops and leaves whole what is done. The second signal ends
/// the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>What a program returns that was stopped; the number is the shells' own.</summary>
    public const int Stopped = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action? _onFirst;
    private int _signals;

    /// <summary>Listens until disposed.</summary>
    /// <param name="onFirst">Called at the first signal; null: nothing is.</param>
    public StopSignal(Action? onFirst = null)
    {
        _onFirst = onFirst;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = Take()));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary><see cref="Stopped"/> after a signal, 0 otherwise.</summary>
    public int ExitCode => Token.IsCancellationRequested ? Stopped : 0;

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

        _onFirst?.Invoke();
        _source.Cancel();
        return true;
    }
}
