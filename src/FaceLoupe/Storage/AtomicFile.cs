using System.Text.RegularExpressions;

namespace FaceLoupe.Storage;

/// <summary>
/// Writes files so that a reader never sees half of one: into a temporary name in the same folder, then renamed over
/// the target. A failed write leaves an existing file as it was. Devices such as <c>/dev/null</c> are written to
/// directly: renaming over them would break them for every program.
/// </summary>
internal static partial class AtomicFile
{
    private const string Devices = "/dev/";
    private const string SharedMemory = "/dev/shm/";
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>
    /// Writes a file from what <paramref name="write"/> puts into the stream; missing folders are made.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="replaces">Whether a file of that name is replaced. Default true.</param>
    /// <exception cref="FaceLoupeException">The file system refused, or there is such a file.</exception>
    public static void Write(string path, Action<Stream> write, bool replaces = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        RefuseAddress(path);
        if (IsDevice(path))
        {
            WriteToDevice(path, write);
            return;
        }

        var target = Path.GetFullPath(path);
        var temporary = TemporaryFor(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            Name(temporary, target, replaces);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, fault);
        }
        finally
        {
            // After a success the name no longer exists and this does nothing.
            DeleteIfPresent(temporary);
        }
    }

    /// <summary>Refuses an address such as <c>s3://...</c>, of which a folder <c>s3:</c> would be made.</summary>
    /// <param name="path">Where to write, as given.</param>
    /// <param name="option">The option that names it; null (the default): none.</param>
    /// <exception cref="FaceLoupeException">It is one.</exception>
    public static void RefuseAddress(string path, string? option = null)
    {
        if (Address().IsMatch(path))
        {
            throw new FaceLoupeException(
                $"{(option is null ? path : $"{option} {path}")}: is not on this machine; give a file or folder here.");
        }
    }

    /// <summary>Gives a finished file its name.</summary>
    /// <param name="temporary">The file.</param>
    /// <param name="target">Its name.</param>
    /// <param name="replaces">Whether a file of that name is replaced.</param>
    /// <exception cref="FaceLoupeException">There is a file of that name, and it is not to be replaced.</exception>
    public static void Name(string temporary, string target, bool replaces)
    {
        try
        {
            File.Move(temporary, target, replaces);
        }
        catch (IOException fault) when (!replaces && Path.Exists(target))
        {
            throw new FaceLoupeException(
                $"{target}: appeared while this was working; --overwrite replaces it, another name keeps it.",
                fault);
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void WriteAllText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
        });
    }

    /// <summary>
    /// Writes a text file unless one of that name exists, even if several programs write it at once.
    /// </summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void WriteAllTextIfNew(string path, string text)
    {
        var temporary = TemporaryFor(Path.GetFullPath(path));
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another program was faster.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, fault);
        }
        finally
        {
            DeleteIfPresent(temporary);
        }
    }

    /// <summary>
    /// A temporary name for a file, in its folder. It does not contain the file's own name, which may already have the
    /// maximum length.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="extension">What the name ends in, for programs that go by it.</param>
    public static string TemporaryFor(string path, string extension = "") =>
        Path.Combine(Path.GetDirectoryName(path) ?? path, $".{Guid.NewGuid():N}.tmp{extension}");

    /// <summary>Whether a path is a device or pipe, which is written to and never renamed over nor read back.</summary>
    public static bool IsDevice(string path)
    {
        // Below /dev/shm lie ordinary files.
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && full.StartsWith(Devices, StringComparison.Ordinal)
            && !full.StartsWith(SharedMemory, StringComparison.Ordinal);
    }

    /// <summary>The error for a path that cannot be written, in one line with what to do.</summary>
    /// <param name="path">The path as given.</param>
    /// <param name="fault">The exception of the file system.</param>
    public static FaceLoupeException Refused(string path, Exception fault)
    {
        if (fault.HResult is NoSpaceOnUnix or NoSpaceOnWindows)
        {
            return NoRoom(path, fault);
        }

        // Temporary names mean nothing to people.
        var reason = TemporaryName().Replace(fault.Message, Path.GetFileName(path)).ReplaceLineEndings("\n")
            .Split('\n')[0].TrimEnd('.');
        return new FaceLoupeException($"{path}: cannot be written: {reason}; give another place.", fault);
    }

    /// <summary>The fault of a place on a full disk.</summary>
    /// <param name="path">The path as given.</param>
    /// <param name="fault">
    /// What was said of it; always an <see cref="IOException"/> inside, as of any file system.
    /// </param>
    public static FaceLoupeException NoRoom(string path, Exception? fault) => new(
        $"{path}: cannot be written: no space left on device; make room or give another place.",
        fault ?? new IOException("No space left on device", NoSpaceOnUnix));

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]+://")]
    private static partial Regex Address();

    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp(\.\w+)?\b")]
    private static partial Regex TemporaryName();

    private static void WriteToDevice(string path, Action<Stream> write)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, fault);
        }
    }

    /// <summary>Deletes a file that is no longer wanted, if it can be deleted.</summary>
    public static void DeleteIfPresent(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that matters has already been thrown.
        }
    }
}
