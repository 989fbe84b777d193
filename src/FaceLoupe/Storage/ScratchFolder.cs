namespace FaceLoupe.Storage;

/// <summary>
/// A folder for short-lived files that nobody else may read; in memory where the system has such a place, unless the
/// environment names another one.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    // Containers often have 64 MB there, less than the files of two images.
    private const long LeastRoom = 256L << 20;

    private ScratchFolder(string path) => Path = path;

    /// <summary>The environment's variable for the place of short-lived files.</summary>
    public static string Variable { get; } = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static ScratchFolder Make()
    {
        if (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable(Variable) is null
            && HasRoom())
        {
            var path = System.IO.Path.Combine(InMemory, $"faceloupe-{Guid.NewGuid():N}");
            try
            {
                Directory.CreateDirectory(
                    path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return new ScratchFolder(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The usual place is left.
            }
        }

        try
        {
            return new ScratchFolder(Directory.CreateTempSubdirectory("faceloupe-").FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"No folder for temporary files can be made: {fault.Message.TrimEnd('.')}; name another place with "
                + $"{Variable}.",
                fault);
        }
    }

    private static bool HasRoom()
    {
        try
        {
            return Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace >= LeastRoom;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Deletes the folder with all in it, as far as it can be.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is gone, or in use.
        }
    }
}
