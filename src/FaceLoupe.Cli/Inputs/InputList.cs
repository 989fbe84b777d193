using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// The images and videos that the inputs of a command line resolve to, and the inputs that resolve to none.
/// </summary>
/// <param name="Paths">In order of the inputs; within a folder sorted by name. None comes twice.</param>
/// <param name="Names">
/// For each path, that within the folder that was given (or the part of a pattern before its first wildcard),
/// '/' between folders; for a file that was given itself, its name, after the folder's where that is an event of
/// WIDER FACE such as <c>0--Parade</c>. Where that gives one name twice, all paths start at the folder that the
/// files have in common.
/// </param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OneFileNamed">Whether the only input is an image or video rather than a folder.</param>
internal sealed record InputList(
    IReadOnlyList<string> Paths, IReadOnlyList<string> Names, IReadOnlyList<InputFault> Faults, bool OneFileNamed)
{
    private readonly HashSet<int> _videos =
        [.. Enumerable.Range(0, Paths.Count).Where(place => VideoFile.HasVideoExtension(Paths[place]))];

    /// <summary>The input that means an image on standard input.</summary>
    public const string StandardInput = ResultNames.StandardInputSign;

    /// <summary>
    /// Looks the inputs up. A file is taken whatever it is, for an image where nothing says video; of folders and
    /// patterns only images and videos. Their content decides, and where that says nothing, their names.
    /// </summary>
    /// <param name="inputs">Files, folders, patterns (<c>photos/**/*.jpg</c>), and '-' for standard input.</param>
    /// <param name="subfolders">Whether what lies in subfolders is meant too.</param>
    /// <param name="listed">Further files and folders, as in a list file: no patterns.</param>
    /// <param name="outputs">
    /// Folders that results go into. Where one lies below a folder that is searched, what it holds is no input.
    /// </param>
    /// <param name="videos">Which videos are meant beside the images.</param>
    public static InputList Of(
        IReadOnlyList<string> inputs,
        bool subfolders = false,
        IReadOnlyList<string>? listed = null,
        IReadOnlyList<string>? outputs = null,
        VideoInputs videos = VideoInputs.None)
    {
        var search = new InputSearch(subfolders, videos, [.. outputs ?? []]);
        foreach (var input in inputs)
        {
            search.Add(input, mayBePattern: true);
        }

        foreach (var input in listed ?? [])
        {
            search.Add(input, mayBePattern: false);
        }

        var paths = search.Found.ConvertAll(found => found.Path);
        var names = DistinctNames(
            [.. search.Found.Select(found => found.Name ?? ResultNames.OfFile(found.Path))], paths);
        var all = inputs.Count + (listed?.Count ?? 0);
        return new InputList(
            paths,
            names,
            search.Faults,
            all == 1 && paths.Count == 1 && inputs is [var only] && paths[0] == only)
        {
            Notes = search.Notes,
            Videos = [.. Enumerable.Range(0, paths.Count).Where(place => search.Found[place].IsVideo)],
        };
    }

    /// <summary>What was skipped, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Places of the videos; by their names where nothing else is given.</summary>
    private HashSet<int> Videos
    {
        get => _videos;
        init => _videos = value;
    }

    /// <summary>The inputs with their names.</summary>
    public IReadOnlyList<NamedInput> Files =>
        [.. Paths.Select((path, place) => new NamedInput(path, Names[place], IsVideo(place)))];

    /// <summary>Whether an input is a video, by its place.</summary>
    public bool IsVideo(int place) => Videos.Contains(place);

    private static IReadOnlyList<string> DistinctNames(string[] names, List<string> files)
    {
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length)
        {
            return names;
        }

        var paths = files.ConvertAll(path => path == StandardInput ? null : Path.GetFullPath(path));
        var common = paths.OfType<string>().Select(path => Path.GetDirectoryName(path) ?? path)
            .Aggregate((one, other) => CommonFolder(one, other));
        return paths.ConvertAll(path => path is null
            ? ResultNames.StandardInput
            : BelowRoot(RelativeName.Of(common, path)));
    }

    // Of another drive even the relative path is a whole one: D:/a.jpg is called D/a.jpg.
    private static string BelowRoot(string name) => Path.IsPathRooted(name)
        ? name.Replace(":", string.Empty, StringComparison.Ordinal).TrimStart('/')
        : name;

    /// <summary>The nearest folder around both of two folders.</summary>
    internal static string CommonFolder(string one, string other)
    {
        while (!IsWithin(other, one))
        {
            // Folders of different drives have nothing in common but themselves.
            if (Path.GetDirectoryName(one) is not { } parent)
            {
                return one;
            }

            one = parent;
        }

        return one;
    }

    /// <summary>Whether a full path is a folder itself or lies below it.</summary>
    internal static bool IsWithin(string path, string folder) => path == folder
        || path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
}
