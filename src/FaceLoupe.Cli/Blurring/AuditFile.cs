using System.Text;
using FaceLoupe.Anonymising;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// An audit log on disk. It has a temporary name while it grows, so that a file with the wanted name is always whole; a
/// device is written to as it is.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly StreamWriter _writer;

    private AuditFile(string path, string temporary, StreamWriter writer, AuditHeader header)
    {
        _path = path;
        _temporary = temporary;
        _writer = writer;
        Log = new AuditLog(writer, header);
    }

    /// <summary>Where the lines go.</summary>
    public AuditLog Log { get; }

    /// <summary>Begins a log; missing folders are made.</summary>
    /// <exception cref="FaceLoupeException">The place cannot be written.</exception>
    public static AuditFile Create(string path, AuditHeader header)
    {
        var full = Path.GetFullPath(path);
        var temporary = AtomicFile.IsDevice(path) ? full : AtomicFile.TemporaryFor(full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
            var stream = new FileStream(
                temporary, temporary == full ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            var writer = new StreamWriter(stream, new UTF8Encoding(false));
            return new AuditFile(full, temporary, writer, header);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    /// <summary>Ends the log and gives it its name.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public void Finish()
    {
        try
        {
            _writer.Dispose();
            if (_temporary != _path)
            {
                File.Move(_temporary, _path, overwrite: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_path, fault);
        }
    }

    /// <summary>Removes a log that was not finished.</summary>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
            if (_temporary != _path)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that matters is already on its way to the caller.
        }
    }

    /// <summary>The fault of a log that cannot be written.</summary>
    public static FaceLoupeException Unwritable(string path, Exception fault) => AtomicFile.Refused($"--audit {path}", fault);
}
