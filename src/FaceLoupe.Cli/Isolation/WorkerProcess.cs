using System.ComponentModel;
using System.Diagnostics;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Isolation;

/// <summary>A process that decodes, one image at a time.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // Enough for .NET on a busy machine.
    private const int EndMilliseconds = 10_000;

    private readonly Process _process;
    private readonly ScratchFolder _scratch;

    private WorkerProcess(Process process, ScratchFolder scratch) => (_process, _scratch) = (process, scratch);

    /// <summary>Whether the process still runs.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Its id, for tests.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a worker.</summary>
    /// <param name="program">The program and its arguments.</param>
    /// <exception cref="FaceLoupeException">It cannot be started.</exception>
    public static WorkerProcess Start(IReadOnlyList<string> program)
    {
        var start = new ProcessStartInfo(program[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in program.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        // A compromised worker must not have the key.
        start.Environment.Remove("FACELOUPE_API_KEY");

        // What a killed worker leaves in it goes with it.
        var scratch = ScratchFolder.Make();
        start.Environment[ScratchFolder.Variable] = scratch.Path;
        try
        {
            var process = Process.Start(start)!;

            // A crashing runtime writes long traces; the exit code is enough.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return new WorkerProcess(process, scratch);
        }
        catch (Win32Exception fault)
        {
            scratch.Dispose();
            throw new FaceLoupeException(
                $"{program[0]}: cannot be started as a worker for --isolate: {fault.Message}", fault);
        }
    }

    /// <summary>Sends the worker a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Kills the worker.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and killed.</exception>
    /// <exception cref="WorkerDiedException">It died, or gave an invalid response and was killed.</exception>
    public WorkerResponse Send(WorkerRequest request, CancellationToken cancellationToken)
    {
        using var killer = cancellationToken.Register(Kill);
        try
        {
            WorkerWire.Write(_process.StandardInput.BaseStream, request);
            return WorkerWire.ReadResponse(_process.StandardOutput.BaseStream, request.SizeOnly);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var died = fault is not InvalidDataException && _process.WaitForExit(EndMilliseconds);
            Kill();
            throw new WorkerDiedException(
                died ? FormattableString.Invariant($"exit code {_process.ExitCode}") : "its response was invalid",
                fault);
        }
    }

    /// <summary>Kills the process.</summary>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit(EndMilliseconds);
        _process.Dispose();
        _scratch.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has already ended.
        }
    }
}
