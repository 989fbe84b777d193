using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary>The system's <c>ffmpeg</c>, which videos need and images do not.</summary>
internal static class FfmpegProgram
{
    /// <summary>The report if there is none.</summary>
    public const string Missing =
        $"not found on the search path, or without ffprobe; only videos need them: {FfmpegTools.HowToInstall}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first line of <c>ffmpeg -version</c>; null: there is no ffmpeg that responds.</summary>
    /// <param name="given">ffmpeg, or the folder of ffmpeg and ffprobe; null: searched for as for videos.</param>
    public static string? Version(string? given = null)
    {
        try
        {
            using var ffmpeg = new FfmpegProcess(FfmpegTools.Find(given).Ffmpeg, ["-version"]);
            using var text = new StreamReader(ffmpeg.Output);
            var line = text.ReadLineAsync();

            // Disposing kills a program that hangs.
            return line.Wait(Patience) ? line.Result : null;
        }
        catch (Exception fault) when (fault is FaceLoupeException or IOException)
        {
            return null;
        }
    }
}
