using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FaceLoupe.Storage;

/// <summary>
/// Paths of files whose names come from outside, such as an input file or an entry of an annotation file. Only this
/// decides whether such a name is a file below the folder of results.
/// </summary>
internal static class OutputPath
{
    // For each part of a path: bytes on Unix, characters on Windows.
    private const int MostLetters = 255;
    private const int LettersOfHash = 16;

    private static readonly SearchValues<char> Wildcards = SearchValues.Create("<>\"|?*");
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The path of a file below a folder.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="name">The file's name within it, '/' between folders.</param>
    /// <exception cref="FaceLoupeException">
    /// The name leads out of the folder, or names no file on this system.
    /// </exception>
    public static string In(string folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(folder, name);
        var reason = ReasonAgainst(name, OperatingSystem.IsWindows())
            ?? (IsBelow(Path.GetFullPath(path), Path.GetFullPath(folder)) ? null : "it is outside that folder");
        return reason is null ? path : throw new FaceLoupeException(
            $"{folder}: no file there can be named '{name}': {reason}; rename the input.");
    }

    /// <summary>
    /// The path of a file beside another, named after it: its name and an extension. If that is too long, a hash
    /// replaces the name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="ending">What is added, such as <c>.underway</c>.</param>
    public static string Beside(string path, string ending)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        if (LengthOf(name + ending, OperatingSystem.IsWindows()) > MostLetters)
        {
            name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..LettersOfHash];
        }

        return Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, name + ending);
    }

    /// <summary>Whether a full path lies below a full path.</summary>
    public static bool IsBelow(string path, string folder) => path.StartsWith(
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
        StringComparison.Ordinal);

    /// <summary>Why a name is not a file below a folder; null: it is.</summary>
    /// <param name="name">The name, '/' between folders.</param>
    /// <param name="windows">Whether the rules of Windows apply, where more characters and words are special.</param>
    internal static string? ReasonAgainst(string name, bool windows)
    {
        if (name.StartsWith('/') || (windows && name.StartsWith('\\')))
        {
            return "it begins at the root";
        }

        // A colon comes after a drive, or before a second stream of a file.
        return windows && name.Contains(':', StringComparison.Ordinal) ? "it names a drive or a stream"
            : name.Split(windows ? ['/', '\\'] : ['/']).Select(part => ReasonAgainstPart(part, windows))
                .FirstOrDefault(reason => reason is not null);
    }

    private static string? ReasonAgainstPart(string part, bool windows) => part switch
    {
        "" => "a part of it is empty",
        "." or ".." => $"it holds '{part}'",
        _ when LengthOf(part, windows) > MostLetters => $"a part of it is longer than {MostLetters} bytes",
        _ when part.Contains('\0', StringComparison.Ordinal) => "it holds a zero",
        _ when windows && part.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 => "it holds a control character",
        _ when windows && part.AsSpan().ContainsAny(Wildcards) => "it holds one of < > \" | ? *",
        _ when windows && (part[^1] is '.' or ' ') => "a part of it ends with a dot or blank",
        _ when windows && IsDevice(part) => $"'{part}' is a device",
        _ => null,
    };

    private static int LengthOf(string part, bool windows) =>
        windows ? part.Length : Encoding.UTF8.GetByteCount(part);

    // Also with an extension, and with the raised digits of Latin-1.
    private static bool IsDevice(string part)
    {
        var stem = part.Split('.')[0].TrimEnd();
        return Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (stem.Length == 4 && (char.IsAsciiDigit(stem[3]) || stem[3] is '\u00b9' or '\u00b2' or '\u00b3')
                && (stem[..3].ToUpperInvariant() is "COM" or "LPT"));
    }
}
