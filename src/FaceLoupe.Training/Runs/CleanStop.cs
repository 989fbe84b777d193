using FaceLoupe.Programs;

namespace FaceLoupe.Training.Runs;

/// <summary>Ctrl-C and SIGTERM during training: the loop finishes its step and writes a checkpoint.</summary>
internal static class CleanStop
{
    /// <summary>Listens until disposed.</summary>
    /// <param name="log">Where the stop is acknowledged; standard error by default.</param>
    public static StopSignal Listen(TextWriter? log = null) => new(() => (log ?? Console.Error).WriteLine(
        "\nStopping after this step, with a checkpoint. Once more to stop at once."));
}
