using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// A file that grows by a line at a time. Each line is flushed, so that a killed program loses at most the line being
/// written.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; missing folders are made.</param>
    /// <param name="lines">Its first lines, of an earlier run.</param>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public LineFile(string path, IEnumerable<string> lines)
    {
        _path = path;
        if (!AtomicFile.IsDevice(path))
        {
            // An existing file stays until the first lines of the new one are written.
            AtomicFile.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
        }

        try
        {
            _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read))
            {
                NewLine = "\n",
                AutoFlush = true,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(path, fault);
        }
    }

    /// <summary>Adds a line.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public void Write(string line)
    {
        try
        {
            _writer.WriteLine(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(_path, fault);
        }
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // Every line was flushed; what could not be written has been reported.
        }
    }
}
