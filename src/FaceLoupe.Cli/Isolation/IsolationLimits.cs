using System.Globalization;
using System.Reflection;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>Options of decoding in separate processes.</summary>
/// <param name="Megabytes">Memory limit of a process, in MB.</param>
internal sealed record IsolationLimits(int Megabytes)
{
    /// <summary>Makes the decoder of a run.</summary>
    /// <param name="limits">The limits; null: decoding in this process.</param>
    /// <param name="pictures">How many images are decoded at a time.</param>
    public static IPictureDecoder Open(IsolationLimits? limits, int pictures) =>
        limits is null ? OwnProcessDecoder.Instance : new IsolatedDecoder(limits.Program, pictures);

    /// <summary>The program of a worker and its arguments.</summary>
    public IReadOnlyList<string> Program { get; init; } = ThisProgram(Megabytes);

    private static string[] ThisProgram(int megabytes)
    {
        string[] arguments = [WorkerCommand.Name, megabytes.ToString(CultureInfo.InvariantCulture)];
        var own = typeof(IsolationLimits).Assembly;
        var running = Environment.ProcessPath ?? "dotnet";
        var isHost = Path.GetFileNameWithoutExtension(running) == "dotnet";
        return !isHost && Assembly.GetEntryAssembly() == own
            ? [running, .. arguments]
            : [isHost ? running : "dotnet", own.Location, .. arguments];
    }
}
