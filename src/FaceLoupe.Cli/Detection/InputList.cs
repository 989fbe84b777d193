using System.Text.RegularExpressions;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection;

/// <summary>The pictures that the inputs of a command line stand for, and the inputs that stand for none.</summary>
/// <param name="Pictures">Paths, in order of the inputs; within a folder sorted by name. None comes twice.</param>
/// <param name="Names">
/// For each picture, its path within the folder that was given (or the part of a pattern before its first wildcard),
/// '/' between folders; for a picture that was given itself, its name, after the folder's where that is an event of
/// WIDER FACE such as <c>0--Parade</c>. Where that gives one name twice, all paths start at the folder that the
/// pictures have in common.
/// </param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OnePictureNamed">Whether the only input is a picture rather than a folder.</param>
internal sealed partial record InputList(
    IReadOnlyList<string> Pictures, IReadOnlyList<string> Names, IReadOnlyList<InputFault> Faults, bool OnePictureNamed)
{
    /// <summary>What stands for the bytes of a picture on standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Name of the picture from standard input.</summary>
    public const string StandardInputName = "stdin";

    // What people call videos; a picture may have any name, but none of these.
    private static readonly HashSet<string> VideoExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".mov", ".mkv", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv",
    };

    /// <summary>
    /// Looks the inputs up. A file is taken whatever its name; of folders and patterns only files named like pictures.
    /// </summary>
    /// <param name="inputs">Files, folders, patterns (<c>photos/**/*.jpg</c>), and '-' for standard input.</param>
    /// <param name="subfolders">Whether the pictures in subfolders are meant too.</param>
    /// <param name="listed">Further files and folders, as a list file has them: no patterns.</param>
    /// <param name="outputs">
    /// Folders that results go into. Where one lies below a folder that is searched, what it holds is no input.
    /// </param>
    public static InputList Of(
        IReadOnlyList<string> inputs,
        bool subfolders = false,
        IReadOnlyList<string>? listed = null,
        IReadOnlyList<string>? outputs = null)
    {
        var search = new InputSearch(subfolders, [.. outputs ?? []]);
        foreach (var input in inputs)
        {
            search.Add(input, mayBePattern: true);
        }

        foreach (var input in listed ?? [])
        {
            search.Add(input, mayBePattern: false);
        }

        var pictures = search.Found.ConvertAll(found => found.Path);
        var names = DistinctNames([.. search.Found.Select(found => found.Name)], pictures);
        var all = inputs.Count + (listed?.Count ?? 0);
        return new InputList(
            pictures,
            names,
            search.Faults,
            all == 1 && pictures.Count == 1 && inputs is [var only] && pictures[0] == only);
    }

    /// <summary>Whether a name is a video's.</summary>
    public static bool IsVideo(string path) => VideoExtensions.Contains(Path.GetExtension(path));

    /// <summary>The name of a picture that was given itself.</summary>
    internal static string NameOf(string picture)
    {
        if (picture == StandardInput)
        {
            return StandardInputName;
        }

        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(picture))) ?? string.Empty;
        return (EventName().IsMatch(folder) ? folder + "/" : string.Empty) + Path.GetFileName(picture);
    }

    private static IReadOnlyList<string> DistinctNames(string[] names, List<string> pictures)
    {
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length)
        {
            return names;
        }

        var paths = pictures.ConvertAll(path => path == StandardInput ? null : Path.GetFullPath(path));
        var common = paths.OfType<string>().Select(path => Path.GetDirectoryName(path) ?? path)
            .Aggregate((one, other) => CommonFolder(one, other));
        return paths.ConvertAll(path => path is null
            ? StandardInputName
            : Path.GetRelativePath(common, path).Replace('\\', '/'));
    }

    private static string CommonFolder(string one, string other)
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

    [GeneratedRegex(@"^\d+--")]
    private static partial Regex EventName();
}

/// <summary>An input that could not be processed.</summary>
/// <param name="Image">The input as given, or the picture's path.</param>
/// <param name="Message">One line that names it.</param>
internal sealed record InputFault(string Image, string Message);
