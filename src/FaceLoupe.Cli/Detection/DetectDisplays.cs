using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Imaging;
using Spectre.Console;

namespace FaceLoupe.Cli.Detection;

/// <summary>Chooses the display of a run.</summary>
internal static class DetectDisplays
{
    /// <summary>Progress bars on a terminal, lines otherwise.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="quiet">Whether only faults are reported.</param>
    /// <param name="request">What will be run.</param>
    public static IDetectDisplay For(TextWriter error, bool quiet, DetectRequest request)
    {
        var terminal = ErrorWriter.Terminal(error);

        // A single image needs no bar, and JSON lines on the same terminal would break it.
        var one = request.Inputs.Count == 1 && request.List is null && !Directory.Exists(request.Inputs[0])
            && !VideoFile.HasVideoExtension(request.Inputs[0]);
        var streaming = request.Format == "jsonl" && request.Out is null && !Console.IsOutputRedirected;
        return terminal is not null && !quiet && !one && !streaming
            ? new TerminalDisplay(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) }))
            : new LineDisplay(error, quiet);
    }
}
