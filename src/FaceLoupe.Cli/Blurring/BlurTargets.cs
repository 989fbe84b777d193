using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>Where the masked copy of each file goes.</summary>
internal static class BlurTargets
{
    /// <summary>Chooses one path per file: never one twice, and never another input.</summary>
    /// <returns>The inputs and their paths; those that no file can be called after are among the faults.</returns>
    /// <param name="target">A file for a single file, otherwise a folder.</param>
    /// <param name="inputs">What will be masked.</param>
    /// <param name="overwrite">Whether an input may be replaced by its own masked copy.</param>
    /// <exception cref="FaceLoupeException">
    /// A file was given for several, its name fits no format, or an input would be overwritten unasked.
    /// </exception>
    public static (BlurInputs Inputs, IReadOnlyList<string> Targets) Of(string target, BlurInputs inputs, bool overwrite)
    {
        var originals = inputs.Files.Select(file => Path.GetFullPath(file.Path))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isFile = inputs.OneFileNamed && Path.HasExtension(target) && !Path.EndsInDirectorySeparator(target)
            && !Directory.Exists(target);
        var copies = isFile ? [CopyTarget.Of(NamedFile(target, inputs.Files[0]))] : InFolder(target, inputs, originals);
        var pairs = inputs.Files.Zip(copies).ToLookup(pair => pair.Second.Place is not null);
        foreach (var (file, copy) in pairs[true])
        {
            if (originals.Contains(Path.GetFullPath(copy.Path)) && !overwrite)
            {
                throw new FaceLoupeException(
                    $"--out {target}: would overwrite the original {file.Path}; give another place, or "
                    + "--overwrite if the original shall go.");
            }
        }

        return (
            inputs with
            {
                Files = [.. pairs[true].Select(pair => pair.First)],
                Faults =
                [
                    .. inputs.Faults,
                    .. pairs[false].Select(pair => new InputFault(
                        pair.First.Path, $"{pair.First.Path}: {pair.Second.Fault!.Message}")),
                ],
            },
            [.. pairs[true].Select(pair => pair.Second.Path)]);
    }

    /// <summary>
    /// Whether an original lies in the folder of results and stays there, since its masked copy has another name.
    /// </summary>
    /// <param name="folder">The place of the results as given.</param>
    /// <param name="input">The original.</param>
    /// <param name="target">Its masked copy.</param>
    public static bool LeavesOriginal(string folder, BlurInput input, string target) =>
        Directory.Exists(folder)
        && !Path.GetFullPath(target).Equals(Path.GetFullPath(input.Path), StringComparison.OrdinalIgnoreCase)
        && OutputPath.IsBelow(Path.GetFullPath(input.Path), Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static string NamedFile(string target, BlurInput input) => CopyNames.IsWritable(target, input.IsVideo)
        ? target
        : throw new FaceLoupeException($"--out {target}: {(input.IsVideo ? "videos" : "pictures")} are written as "
            + $"{string.Join(", ", CopyNames.Extensions(input.IsVideo))}; choose one of these extensions.");

    private static CopyTarget[] InFolder(string folder, BlurInputs inputs, HashSet<string> originals)
    {
        if (!Directory.Exists(folder) && !Path.EndsInDirectorySeparator(folder)
            && CopyNames.IsFile(folder))
        {
            throw new FaceLoupeException(
                $"--out {folder}: several files cannot go into one; give a folder (with a '/' at its end, if it shall be "
                + "called like that).");
        }

        if (File.Exists(folder))
        {
            throw new FaceLoupeException(inputs.OneFileNamed
                ? $"--out {folder}: is a file that is not named like a picture or video; give a folder or a name that "
                    + $"ends in {string.Join(", ", CopyNames.Extensions(inputs.Files[0].IsVideo))}."
                : $"--out {folder}: is a file, but several files are to go there; give a folder.");
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. inputs.Files.Select(file => CopyTarget.Try(() => Unused(folder, file, taken, originals)))];
    }

    // Two inputs may have one name, and a.bmp becomes a.png beside an a.png that is still to be read.
    private static string Unused(string folder, BlurInput input, HashSet<string> taken, HashSet<string> originals)
    {
        var own = Path.GetFullPath(input.Path);
        return CopyNames.Below(
            folder, input.Name, input.IsVideo, path => !IsOther(Path.GetFullPath(path)) && taken.Add(Path.GetFullPath(path)));

        bool IsOther(string place) =>
            originals.Contains(place) && !place.Equals(own, StringComparison.OrdinalIgnoreCase);
    }
}
