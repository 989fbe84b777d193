using System.ComponentModel;
using System.Diagnostics;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary>The system's <c>ffmpeg</c>, which videos need and pictures do not.</summary>
internal static class FfmpegProgram
{
    /// <summary>What is told where there is none.</summary>
    public const string Missing =
        "not found on the search path; only videos need it (Debian and Ubuntu: apt install ffmpeg, macOS: brew install "
        + "ffmpeg, Windows: winget install ffmpeg)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first line of <c>ffmpeg -version</c>; null: there is no ffmpeg that answers.</summary>
    /// <param name="program">The program.</param>
    public static string? Version(string program = "ffmpeg")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "-version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
            var line = process.StandardOutput.ReadLineAsync();
            if (!line.Wait(Patience))
            {
                process.Kill();
                return null;
            }

            return line.Result;
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
