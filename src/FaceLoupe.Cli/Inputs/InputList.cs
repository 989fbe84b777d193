using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// The images and videos that the inputs of a command line resolve to, and the inputs that resolve to none.
/// </summary>
/// <param name="Paths">In order of the inputs; within a folder sorted by name. No path occurs twice.</param>
/// <param name="Names">
/// For each file, its path within the given folder (or the part of a pattern before its first wildcard), with '/'
/// between folders; for a file that was named itself, its name, after that of its folder if it is an event of
/// WIDER FACE such as <c>0--Parade</c>. If two names are equal, all are relative to the folder that the files have in
/// common.
/// </param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OneFileNamed">Whether the only input is an image or video rather than a folder.</param>
internal sealed record InputList(
    IReadOnlyList<string> Paths, IReadOnlyList<string> Names, IReadOnlyList<InputFault> Faults, bool OneFileNamed)
{
    /// <summary>The input that stands for an image on standard input.</summary>
    public const string StandardInput = ResultNames.StandardInputSign;

    /// <summary>
    /// Resolves the inputs. A named file is always included, as an image if it is not recognised as a video; folders
    /// and patterns contribute only images and videos, see <see cref="InputKind"/>.
    /// </summary>
    /// <param name="inputs">Files, folders, patterns (<c>photos/**/*.jpg</c>), and '-' for standard input.</param>
    /// <param name="subfolders">Whether subfolders are included.</param>
    /// <param name="listed">Further files and folders, as in a list file: no patterns.</param>
    /// <param name="outputs">
    /// Folders of results. If one lies below a searched folder, its files are not inputs.
    /// </param>
    /// <param name="videos">Which videos are included besides the images.</param>
    public static InputList Of(
        IReadOnlyList<string> inputs,
        bool subfolders = false,
        IReadOnlyList<string>? listed = null,
        IReadOnlyList<string>? outputs = null,
        VideoInputs videos = VideoInputs.None)
    {
        var search = new InputSearch(subfolders, videos, [.. outputs ?? []]);
        search.AddAll(inputs, listed);
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

    /// <summary>Places of the videos; by default, found by name.</summary>
    private HashSet<int> Videos { get; init; } =
        [.. Enumerable.Range(0, Paths.Count).Where(place => VideoFile.HasVideoExtension(Paths[place]))];

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

    // On another drive even the relative path is absolute: D:/a.jpg becomes D/a.jpg.
    private static string BelowRoot(string name) => Path.IsPathRooted(name)
        ? name.Replace(":", string.Empty, StringComparison.Ordinal).TrimStart('/')
        : name;

    /// <summary>The nearest folder around both of two folders.</summary>
    internal static string CommonFolder(string one, string other)
    {
        while (!IsWithin(other, one))
        {
            // Folders on different drives have no folder in common.
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
