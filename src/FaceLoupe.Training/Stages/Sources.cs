using FaceLoupe.Programs;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Stages;

/// <summary>Opens the folders of a configuration and logs their contents.</summary>
internal static class Sources
{
    /// <exception cref="FaceLoupeException">No folder is named, or one cannot be read.</exception>
    public static IReadOnlyList<CanvasSource> Open(IReadOnlyList<SourceOptions> sources, string key)
    {
        if (sources.Count == 0)
        {
            throw new FaceLoupeException($"{key}: no folder of images; name at least one in the configuration.");
        }

        return [.. sources.Select(Open)];
    }

    private static CanvasSource Open(SourceOptions options)
    {
        var source = options.Open();
        var report = source.Folder.Report;
        Console.Error.WriteLine(
            $"{options.Folder}: {Numbers.Count(report.Pictures, "image")}, {Numbers.Count(report.Faces, "face")}");
        foreach (var note in report.Notes)
        {
            Console.Error.WriteLine($"  {note}");
        }

        return source;
    }
}
