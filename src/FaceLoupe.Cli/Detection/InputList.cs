using System.Text.RegularExpressions;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection;

/// <summary>The pictures that the inputs of a command line stand for, and the inputs that stand for none.</summary>
/// <param name="Pictures">Paths, in order of the inputs; within a folder sorted by name.</param>
/// <param name="Names">
/// For each picture, its path within the folder that was given, '/' between folders; for a picture that was given
/// itself, its name, after the folder's where that is an event of WIDER FACE such as <c>0--Parade</c>.
/// </param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OnePictureNamed">Whether the only input is a picture rather than a folder.</param>
internal sealed partial record InputList(
    IReadOnlyList<string> Pictures, IReadOnlyList<string> Names, IReadOnlyList<InputFault> Faults, bool OnePictureNamed)
{
    /// <summary>
    /// Looks the inputs up. A file is taken whatever its name; of folders only files named like pictures.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="subfolders">Whether the pictures in subfolders are meant too.</param>
    public static InputList Of(IReadOnlyList<string> inputs, bool subfolders = false)
    {
        var depth = subfolders ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        var pictures = new List<string>();
        var names = new List<string>();
        var faults = new List<InputFault>();
        foreach (var input in inputs)
        {
            if (!Directory.Exists(input))
            {
                pictures.Add(input);
                names.Add(NameOf(input));
                continue;
            }

            try
            {
                var found = Directory.EnumerateFiles(input, "*", depth).Where(PictureFile.HasPictureExtension)
                    .Order(StringComparer.Ordinal).ToArray();
                pictures.AddRange(found);
                names.AddRange(found.Select(path => Path.GetRelativePath(input, path).Replace('\\', '/')));
                if (found.Length == 0)
                {
                    var wanted = string.Join(", ", PictureFile.Extensions);
                    faults.Add(new InputFault(input, $"{input}: the folder holds no pictures ({wanted})."));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add(new InputFault(input, $"{input}: the folder cannot be read: {fault.Message}"));
            }
        }

        return new InputList(
            pictures, names, faults, inputs.Count == 1 && pictures.Count == 1 && pictures[0] == inputs[0]);
    }

    private static string NameOf(string picture)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(picture))) ?? string.Empty;
        return (EventName().IsMatch(folder) ? folder + "/" : string.Empty) + Path.GetFileName(picture);
    }

    [GeneratedRegex(@"^\d+--")]
    private static partial Regex EventName();
}

/// <summary>An input that could not be processed.</summary>
/// <param name="Image">The input as given, or the picture's path.</param>
/// <param name="Message">One line that names it.</param>
internal sealed record InputFault(string Image, string Message);
