namespace FaceLoupe;

/// <summary>
/// Writes files so that a reader never sees half of one: into a temporary name in the same folder, then renamed over
/// the target. A failed write leaves an existing file as it was.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file from what <paramref name="write"/> puts into the stream; missing folders are made.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: cannot be written: {FirstLine(fault.Message)}", fault);
        }
        finally
        {
            // After a success the name is gone and this does nothing.
            DeleteIfPresent(temporary);
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

    private static string FirstLine(string message) => message.ReplaceLineEndings("\n").Split('\n')[0];

    private static void DeleteIfPresent(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that matters is already on its way to the caller.
        }
    }
}
