using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Imaging;
using Spectre.Console;

namespace FaceLoupe.Cli.Detection;

/// <summary>Chooses what a run shows.</summary>
internal static class DetectDisplays
{
    /// <summary>Bars for people in front of a terminal, lines otherwise.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="quiet">Whether to report faults only.</param>
    /// <param name="request">What will be run.</param>
    public static IDetectDisplay For(TextWriter error, bool quiet, DetectRequest request)
    {
        var terminal = ErrorWriter.Terminal(error);

        // A single image is done before anyone reads a bar, and JSON lines on the same terminal would break it.
        var one = request.Inputs.Count == 1 && request.List is null && !Directory.Exists(request.Inputs[0])
            && !VideoFile.HasVideoExtension(request.Inputs[0]);
        var streaming = request.Format == "jsonl" && request.Out is null && !Console.IsOutputRedirected;
        return terminal is not null && !quiet && !one && !streaming
            ? new TerminalDisplay(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) }))
            : new LineDisplay(error, quiet);
    }
}
