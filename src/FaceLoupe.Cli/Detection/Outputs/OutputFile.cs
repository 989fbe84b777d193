namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>Files that results go into, devices such as <c>/dev/null</c> included.</summary>
internal static class OutputFile
{
    private const string Devices = "/dev/";

    /// <summary>Whether a path is a device or pipe, which is written to and never renamed over or resumed.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(Devices, StringComparison.Ordinal);

    /// <summary>Refuses a path that cannot be a file of results, before anything is done.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <param name="inputs">What must not be overwritten.</param>
    /// <exception cref="FaceLoupeException">It is a folder or an input.</exception>
    public static void Check(string option, string path, InputList inputs)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new FaceLoupeException($"{option} {path}: is a folder; give the name of a file.");
        }

        var full = Path.GetFullPath(path);
        if (inputs.Paths.Any(input => Path.GetFullPath(input) == full))
        {
            throw new FaceLoupeException($"{option} {path}: would overwrite the input; give another name.");
        }
    }

    /// <summary>Refuses a path that cannot be a folder of results, and makes it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="FaceLoupeException">It is a file, or the file system refused.</exception>
    public static void MakeFolder(string option, string path)
    {
        if (File.Exists(path))
        {
            throw new FaceLoupeException($"{option} {path}: is a file; give a folder.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, fault);
        }
    }

    /// <summary>Writes a whole file: under a temporary name first, a device directly.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (!IsDevice(path))
        {
            AtomicFile.Write(path, write);
            return;
        }

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

    /// <summary>The fault of a path that cannot be written.</summary>
    public static FaceLoupeException Refused(string path, Exception fault) =>
        new($"{path}: cannot be written: {fault.Message.ReplaceLineEndings(" ")}", fault);
}
