using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection;

/// <summary>Looks up one input after another and collects what they stand for.</summary>
/// <param name="subfolders">Whether folders are searched with their subfolders.</param>
/// <param name="outputs">Folders whose content is no input, see <see cref="InputList.Of"/>.</param>
internal sealed class InputSearch(bool subfolders, IReadOnlyList<string> outputs)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly string[] _outputs =
        [.. outputs.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))];

    /// <summary>The pictures so far, with their names.</summary>
    public List<(string Path, string Name)> Found { get; } = [];

    /// <summary>The inputs that stand for no picture.</summary>
    public List<InputFault> Faults { get; } = [];

    private static string Wanted => string.Join(", ", PictureFile.Extensions);

    /// <summary>Looks up one input.</summary>
    /// <param name="input">As given.</param>
    /// <param name="mayBePattern">Whether wildcards stand for other letters where no file has that very name.</param>
    public void Add(string input, bool mayBePattern)
    {
        if (Directory.Exists(input))
        {
            AddFolder(input);
        }
        else if (mayBePattern && PathPattern.HasWildcards(input) && !File.Exists(input))
        {
            AddPattern(input);
        }
        else if (InputList.IsVideo(input))
        {
            Faults.Add(new InputFault(input,
                $"{input}: is a video, and detect takes pictures; use 'faceloupe blur' for videos, or take pictures "
                + $"out of it first: ffmpeg -i {input} frame-%06d.png"));
        }
        else
        {
            AddPicture(input, InputList.NameOf(input));
        }
    }

    private void AddFolder(string folder)
    {
        var walk = new PictureWalk(Below(folder));
        var pictures = walk.In(folder, subfolders);
        Faults.AddRange(walk.Faults);
        foreach (var path in pictures)
        {
            AddPicture(path, Path.GetRelativePath(folder, path).Replace('\\', '/'));
        }

        if (pictures.Count == 0 && walk.Faults.Count == 0)
        {
            Faults.Add(new InputFault(folder, $"{folder}: the folder holds no pictures ({Wanted})."));
        }
    }

    private void AddPattern(string pattern)
    {
        var root = PathPattern.Root(pattern);
        var walk = new PictureWalk(Below(root));
        var pictures = PathPattern.Matches(pattern, walk);
        Faults.AddRange(walk.Faults);
        foreach (var path in pictures)
        {
            AddPicture(path, Path.GetRelativePath(root, path).Replace('\\', '/'));
        }

        if (pictures.Count == 0 && walk.Faults.Count == 0)
        {
            Faults.Add(new InputFault(pattern, $"{pattern}: no file matches that is named like a picture ({Wanted})."));
        }
    }

    // A picture that several inputs stand for is looked at once.
    private void AddPicture(string path, string name)
    {
        if (_seen.Add(path == InputList.StandardInput ? path : Path.GetFullPath(path)))
        {
            Found.Add((path, name));
        }
    }

    // An output folder that is the searched folder itself hides nothing: its pictures are the inputs.
    private string[] Below(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Array.FindAll(_outputs, output => output != full && InputList.IsWithin(output, full));
    }
}
