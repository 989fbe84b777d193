using FaceLoupe.Cli.Streams;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>Processes one input of a run, so that a bad file does not stop the run.</summary>
internal static class Attempt
{
    /// <summary>Processes an input.</summary>
    /// <param name="path">The input.</param>
    /// <param name="work">The work on it.</param>
    /// <param name="stop">Stops the run. Ctrl-C also stops ffmpeg, which then looks like a damaged video.</param>
    /// <param name="isVideo">Whether the input is a video.</param>
    /// <returns>Why the input failed; null: it was processed.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="OutputRefusedException">Results cannot be written, so no further input can succeed.</exception>
    public static InputFault? On(string path, Action work, CancellationToken stop, bool isVideo = false)
    {
        try
        {
            work();
            return null;
        }
        catch (FaceLoupeException fault) when (fault is not OutputRefusedException)
        {
            return stop.IsCancellationRequested
                ? throw new OperationCanceledException(fault.Message, fault, stop)
                : new InputFault(path, fault.Message);
        }
        catch (OutOfMemoryException)
        {
            return InputFault.OfMemory(path, isVideo);
        }
    }
}
