using System.Formats.Tar;

namespace FaceLoupe.Storage;

/// <summary>
/// Reads regular files only: a pipe may block forever, and a device such as /dev/zero never ends. /dev/stdin and
/// /dev/fd/63, which shells pass, are read.
/// </summary>
internal static class InputFile
{
    private static readonly string[] HandedOver = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

    /// <summary>What a path that is not a regular file leads to, in words.</summary>
    public const string NotRegular = "is not a regular file but a pipe, socket or device";

    /// <summary>Whether a path leads to a pipe, socket or device, also by a link.</summary>
    public static bool IsNotRegular(string path)
    {
        try
        {
            // .NET distinguishes only folders and links; all others have no length.
            var file = new FileInfo(path);
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true);
            return !OperatingSystem.IsWindows() && target is FileInfo { Exists: true, Length: 0 }
                && IsOther(target.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It is not a regular file, or the file system refused.</exception>
    public static byte[] ReadAllBytes(string path) => File.ReadAllBytes(Regular(path));

    /// <summary>The text of a file.</summary>
    /// <exception cref="IOException">It is not a regular file, or the file system refused.</exception>
    public static string ReadAllText(string path) => File.ReadAllText(Regular(path));

    /// <summary>The lines of a file.</summary>
    /// <exception cref="IOException">It is not a regular file, or the file system refused.</exception>
    public static string[] ReadAllLines(string path) => File.ReadAllLines(Regular(path));

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is not a regular file, or the file system refused.</exception>
    public static FileStream OpenRead(string path) => File.OpenRead(Regular(path));

    /// <summary>Reads a file; faults of the file system become one line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="what">What it holds: "the predictions"; empty: unknown.</param>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static T Reading<T>(string path, Func<T> read, string what = "")
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var named = what.Length == 0 ? "" : what + " ";
            throw new FaceLoupeException(
                $"{path}: {named}cannot be read ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
    }

    private static string Regular(string path) =>
        !Array.Exists(HandedOver, place => path.StartsWith(place, StringComparison.Ordinal)) && IsNotRegular(path)
            ? throw new IOException($"it {NotRegular}")
            : path;

    // The type that an archive would store; archives do not support sockets, and pipes and devices are not opened.
    private static bool IsOther(string path)
    {
        try
        {
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            {
                writer.WriteEntry(path, "file");
            }

            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType is not TarEntryType.RegularFile;
        }
        catch (UnauthorizedAccessException)
        {
            // An empty file that may not be read.
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
