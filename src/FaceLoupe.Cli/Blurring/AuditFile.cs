using System.Text;
using FaceLoupe.Anonymising;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// An audit log on disk. It is created atomically with its header and the lines of an earlier run, then grows in place
/// and is flushed after each line, so that a killed program loses at most the line being written.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;

    private AuditFile(string path, StreamWriter writer, AuditHeader header)
    {
        _path = path;
        _writer = writer;
        Log = new AuditLog(writer, header);
    }

    /// <summary>The log.</summary>
    public AuditLog Log { get; }

    /// <summary>Whether a new audit would overwrite nothing: there is no file, an empty one or a device.</summary>
    public static bool IsFree(string path) =>
        !Path.Exists(path) || AtomicFile.IsDevice(path) || new FileInfo(path) is { Exists: true, Length: 0 };

    /// <summary>Creates a log and missing folders.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">The header.</param>
    /// <param name="earlier">Lines of an earlier run that are still valid.</param>
    /// <exception cref="FaceLoupeException">The place cannot be written.</exception>
    public static AuditFile Create(string path, AuditHeader header, IReadOnlyList<string>? earlier = null)
    {
        var full = Path.GetFullPath(path);
        var temporary = AtomicFile.IsDevice(path) ? full : AtomicFile.TemporaryFor(full);
        StreamWriter? writer = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
            writer = new StreamWriter(
                new FileStream(
                    temporary,
                    temporary == full ? FileMode.Open : FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.Read | FileShare.Delete),
                new UTF8Encoding(false));
            var file = new AuditFile(full, writer, header);
            foreach (var line in earlier ?? [])
            {
                file.Log.WriteOn(line);
            }

            writer.AutoFlush = true;
            if (temporary != full)
            {
                File.Move(temporary, full, overwrite: true);
            }

            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (writer is not null)
            {
                Abandon(writer, temporary == full ? null : temporary);
            }

            throw Unwritable(path, fault);
        }
    }

    /// <summary>Records which file is being processed.</summary>
    /// <param name="file">The image or video.</param>
    /// <param name="target">Its masked copy.</param>
    public void Begin(string file, string target)
    {
        if (!AtomicFile.IsDevice(_path))
        {
            UnderWay.Write(_path, file, target);
        }
    }

    /// <summary>Ends the log.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public void Finish()
    {
        try
        {
            _writer.Dispose();
            UnderWay.End(_path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_path, fault);
        }
    }

    /// <summary>Closes the log; an unfinished one keeps what it has.</summary>
    public void Dispose() => Abandon(_writer, temporary: null);

    /// <summary>The fault of a log that cannot be written.</summary>
    public static FaceLoupeException Unwritable(string path, Exception fault) =>
        AtomicFile.Refused($"--audit {path}", fault);

    private static void Abandon(StreamWriter writer, string? temporary)
    {
        try
        {
            writer.Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that matters has already been thrown.
        }

        if (temporary is not null)
        {
            File.Delete(temporary);
        }
    }
}
