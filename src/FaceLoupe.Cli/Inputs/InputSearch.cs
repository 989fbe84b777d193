using FaceLoupe.Imaging;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>Resolves inputs one by one and collects their files.</summary>
/// <param name="subfolders">Whether folders are searched with their subfolders.</param>
/// <param name="videos">Which videos are meant.</param>
/// <param name="outputs">Folders whose content is no input, see <see cref="InputList.Of"/>.</param>
internal sealed class InputSearch(bool subfolders, VideoInputs videos, IReadOnlyList<string> outputs)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly string[] _outputs =
        [.. outputs.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))];

    /// <summary>
    /// The images and videos so far, each with its path below the folder or pattern that stands for it; null: it was
    /// named itself.
    /// </summary>
    public List<(string Path, string? Name, bool IsVideo)> Found { get; } = [];

    /// <summary>What was skipped, one line each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The inputs that resolve to none.</summary>
    public List<InputFault> Faults { get; } = [];

    private bool FindsVideos => videos == VideoInputs.All;

    private string Endings => string.Join(", ", PictureFile.Extensions.Concat(FindsVideos ? VideoFile.Extensions : []));

    /// <summary>Resolves one input.</summary>
    /// <param name="input">As given.</param>
    /// <param name="mayBePattern">Whether wildcards stand for other letters where no file has that very name.</param>
    public void Add(string input, bool mayBePattern)
    {
        if (ObjectStore.IsPlace(input))
        {
            if (_seen.Add(input))
            {
                Found.Add((input, null, IsVideo: false));
            }
        }
        else if (Directory.Exists(input))
        {
            AddFolder(input);
        }
        else if (mayBePattern && PathPattern.HasWildcards(input) && !File.Exists(input))
        {
            AddPattern(input);
        }
        else if (videos == VideoInputs.None && VideoFile.HasVideoExtension(input))
        {
            Faults.Add(new InputFault(input,
                $"{input}: is a video, but images are wanted; extract some first: ffmpeg -i {input} frame-%06d.png"));
        }
        else
        {
            AddFile(input, null);
        }
    }

    private void AddFolder(string folder)
    {
        var walk = new FileWalk(Below(folder), FindsVideos);
        var files = walk.In(folder, subfolders);
        AddFound(folder, files, walk);
        if (files.Count == 0 && walk.Faults.Count == 0)
        {
            var kinds = FindsVideos ? "images or videos" : "images";

            // Verbs that accept videos have this option.
            var advice = FindsVideos && !subfolders ? "; see --recursive" : string.Empty;
            Faults.Add(new InputFault(folder, $"{folder}: the folder holds no {kinds} ({Endings}){advice}."));
        }
    }

    private void AddPattern(string pattern)
    {
        var root = PathPattern.Root(pattern);
        var walk = new FileWalk(Below(root), FindsVideos);
        var files = PathPattern.Matches(pattern, walk);
        AddFound(root, files, walk);
        if (files.Count == 0 && walk.Faults.Count == 0)
        {
            var kinds = FindsVideos ? "an image or video" : "an image";
            Faults.Add(
                new InputFault(
                    pattern, $"{pattern}: no file matches that is {kinds}, by its content or named like one "
                        + $"({Endings})."));
        }
    }

    private void AddFound(string folder, IReadOnlyList<string> files, FileWalk walk)
    {
        Faults.AddRange(walk.Faults);
        Notes.AddRange(walk.Notes);
        foreach (var path in files)
        {
            // "*/../../x/*.jpg" leads out again: such a file is called as if it had been named itself.
            var name = RelativeName.Of(folder, path);
            AddFile(path, RelativeName.LeadsOut(name) ? null : name);
        }
    }

    // A file that several inputs resolve to is processed once.
    private void AddFile(string path, string? name)
    {
        if (_seen.Add(path == InputList.StandardInput ? path : Path.GetFullPath(path)))
        {
            var isVideo = path != InputList.StandardInput
                && (InputKind.IsVideo(path) ?? VideoFile.HasVideoExtension(path));
            Found.Add((path, name, isVideo));
        }
    }

    // If the output folder is the searched folder itself, its files remain inputs.
    private string[] Below(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Array.FindAll(_outputs, output => output != full && InputList.IsWithin(output, full));
    }
}
