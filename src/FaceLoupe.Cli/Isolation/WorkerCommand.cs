using System.CommandLine;
using System.Runtime.InteropServices;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Isolation;

/// <summary>The hidden verb that a worker is started with.</summary>
internal static class WorkerCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "decode-worker";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var memory = new Argument<int>("MB")
        {
            Description = "Memory limit, in MB.",
            CustomParser = result => Numbers.ParseWhole(result, 0, IsolateFlags.MostMemory),
        };
        var command = new Command(Name, "Decodes images for another process of this program.")
        {
            memory,
        };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            // Ctrl-C reaches all processes of a terminal. The parent decides what is finished; when it ends, standard
            // input ends too.
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
            WorkerLimits.Take(parsed.GetValue(memory));
            using var requests = Console.OpenStandardInput();
            using var responses = Console.OpenStandardOutput();
            try
            {
                WorkerLoop.Run(requests, responses);
                return ExitCode.Fine;
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException)
            {
                return ExitCode.NothingDone; // the parent is gone
            }
        });
        return command;
    }
}
