using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Blurring;

/// <summary>The files that the inputs of <c>faceloupe blur</c> stand for, and the inputs that stand for none.</summary>
/// <param name="Files">Pictures and videos, in order of the inputs; within a folder sorted by name.</param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OneFileNamed">Whether the only input is a file rather than a folder.</param>
internal sealed record BlurInputs(
    IReadOnlyList<BlurInput> Files, IReadOnlyList<InputFault> Faults, bool OneFileNamed)
{
    /// <summary>
    /// Looks the inputs up. A file is taken whatever its name; of folders only files named like pictures or videos.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="recursive">Whether subfolders are meant too.</param>
    /// <param name="results">Where results go: what lies there already is no input of a folder around it.</param>
    public static BlurInputs Of(IReadOnlyList<string> inputs, bool recursive, string results)
    {
        var files = new List<BlurInput>();
        var faults = new List<InputFault>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            if (!Directory.Exists(input))
            {
                Add(new BlurInput(input, Path.GetFileName(input), IsVideo(input)));
                continue;
            }

            try
            {
                var before = files.Count;
                foreach (var path in FilesOf(input, recursive, results))
                {
                    Add(new BlurInput(path, Path.GetRelativePath(input, path), IsVideo(path)));
                }

                if (files.Count == before)
                {
                    var advice = recursive ? string.Empty : "; see --recursive";
                    faults.Add(new InputFault(input, $"{input}: the folder holds no pictures or videos{advice}."));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add(new InputFault(input, $"{input}: the folder cannot be read: {fault.Message}"));
            }
        }

        return new BlurInputs(files, faults, inputs.Count == 1 && files.Count == 1 && files[0].Path == inputs[0]);

        // The same file twice, as itself and as part of a folder, is done once.
        void Add(BlurInput file)
        {
            if (seen.Add(Path.GetFullPath(file.Path)))
            {
                files.Add(file);
            }
        }
    }

    private static IEnumerable<string> FilesOf(string folder, bool recursive, string results)
    {
        var depth = recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        var (inside, around) = (FolderPath(results), FolderPath(folder));

        // Results that go into the very folder, or around it, are refused elsewhere where they would overwrite.
        var skipped = inside.Length > around.Length ? inside : null;
        return Directory.EnumerateFiles(folder, "*", depth)
            .Where(path => PictureFile.HasPictureExtension(path) || IsVideo(path))
            .Where(path => skipped is null || !Path.GetFullPath(path).StartsWith(skipped, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static string FolderPath(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;

    private static bool IsVideo(string path) =>
        VideoInfo.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
