using FaceLoupe.Storage;

namespace FaceLoupe.Imaging;

/// <summary>Opens nothing but regular files that hold something, see <see cref="InputFile"/>.</summary>
internal static class RegularFile
{
    // The replacement character that .NET puts for bytes that are not UTF-8; such a name no longer finds the file.
    private const char NotUtf8 = '\uFFFD';

    /// <summary>Whether a path leads to a file that holds something.</summary>
    public static bool IsFilled(string path) => Target(path) is { Exists: true, Length: > 0 };

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is expected in it, such as "a JPEG image".</param>
    /// <exception cref="UnreadablePictureException">
    /// It is missing, empty, no regular file, or may not be read.
    /// </exception>
    public static byte[] Read(string path, string expected)
    {
        try
        {
            Check(path, expected);
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadablePictureException(Missing(path), fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new UnreadablePictureException($"{path}: may not be read (permission denied).", fault);
        }
        catch (IOException fault)
        {
            throw new UnreadablePictureException(
                $"{path}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    /// <summary>Refuses what is no file that holds something.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is expected in it, such as "a video".</param>
    /// <exception cref="UnreadablePictureException">It is missing, a folder, empty, a pipe or a device.</exception>
    public static void Check(string path, string expected)
    {
        var file = Target(path);
        if (file is not { Exists: true })
        {
            throw new UnreadablePictureException(
                Directory.Exists(path) ? $"{path}: is a folder, not {expected}." : Missing(path));
        }

        if (file.Length == 0)
        {
            throw new UnreadablePictureException(
                InputFile.IsNotRegular(path)
                    ? $"{path}: {InputFile.NotRegular}, which are not read; {expected} was expected."
                    : $"{path}: the file is empty; {expected} was expected.");
        }
    }

    /// <summary>Why an entry of a folder cannot be opened, in a sentence; null: it can, or is an empty file.</summary>
    public static string? WhyNotOpened(string path)
    {
        try
        {
            if (IsFilled(path))
            {
                using var file = File.OpenRead(path);
                return null;
            }

            return InputFile.IsNotRegular(path) ? $"{path}: {InputFile.NotRegular}."
                : Target(path) is not { Exists: true } ? $"{path}: is a link that leads nowhere."
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{path}: may not be read.";
        }
    }

    /// <summary>Whether a name was found in a folder and yet leads nowhere, since it is not UTF-8.</summary>
    public static bool IsNameLost(string path) =>
        path.Contains(NotUtf8, StringComparison.Ordinal) && !Path.Exists(path);

    /// <summary>The message of a file that is not there.</summary>
    public static string Missing(string path) => path.Contains(NotUtf8, StringComparison.Ordinal)
        ? $"{path}: the name is not UTF-8, and no file is found by it; rename it, for example with convmv."
        : $"{path}: there is no such file.";

    // Null: there is nothing there, or a link leads round in a circle.
    private static FileInfo? Target(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is { } target
                ? new FileInfo(target.FullName)
                : file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
