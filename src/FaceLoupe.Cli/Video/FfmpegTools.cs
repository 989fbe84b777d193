namespace FaceLoupe.Cli.Video;

/// <summary>The system's ffmpeg and ffprobe. Only videos need them; FaceLoupe neither links nor ships them.</summary>
/// <param name="Ffmpeg">Path of ffmpeg.</param>
/// <param name="Ffprobe">Path of ffprobe.</param>
internal sealed record FfmpegTools(string Ffmpeg, string Ffprobe)
{
    /// <summary>What to do if they are missing.</summary>
    public const string HowToInstall =
        "install them (Debian and Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install "
        + "ffmpeg)";

    /// <summary>Finds both programs.</summary>
    /// <param name="given">ffmpeg itself or the folder of both programs; null: they are searched for on PATH.</param>
    /// <exception cref="FaceLoupeException">One of them is missing; the line says how to get it.</exception>
    public static FfmpegTools Find(string? given)
    {
        if (given is null)
        {
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
            return Of(folders) ?? throw new FaceLoupeException(
                $"videos need ffmpeg and ffprobe, which are not on PATH: {HowToInstall}, or give their folder with "
                + "--ffmpeg PATH.");
        }

        var folder = Directory.Exists(given) ? given : Path.GetDirectoryName(Path.GetFullPath(given));
        if (File.Exists(given))
        {
            var probe = In([folder ?? "."], "ffprobe");
            return probe is not null ? new FfmpegTools(Path.GetFullPath(given), probe)
                : throw new FaceLoupeException($"--ffmpeg {given}: there is no ffprobe beside it; both are needed.");
        }

        return Of([folder ?? "."]) is { } tools && Directory.Exists(given) ? tools
            : throw new FaceLoupeException(
                $"--ffmpeg {given}: neither ffmpeg nor a folder with ffmpeg and ffprobe; give one of these.");
    }

    private static FfmpegTools? Of(string[] folders) =>
        In(folders, "ffmpeg") is { } ffmpeg && In(folders, "ffprobe") is { } ffprobe ? new(ffmpeg, ffprobe) : null;

    private static string? In(string[] folders, string program) =>
        (from folder in folders
         where folder.Length > 0
         from name in Programs(program)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    private static string[] Programs(string name) => OperatingSystem.IsWindows() ? [name + ".exe"] : [name];
}
