using System.CommandLine;

namespace FaceLoupe.Cli.Flags;

/// <summary>The option that says where ffmpeg is, which all verbs that take videos have.</summary>
internal static class FfmpegOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string?> Create() => new("--ffmpeg")
    {
        Description = "ffmpeg, or the folder of ffmpeg and ffprobe. Default: searched for on PATH.",
        HelpName = "PATH",
    };
}
