using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace FaceLoupe.Cli.Video;

/// <summary>A run of ffmpeg or ffprobe, with its last error messages.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    private const int KeptLines = 20;

    // Up to version 6.0, and later.
    private static readonly string[] DecodingFault =
        ["Error while decoding stream", "Error submitting packet to decoder", "Decoding error:"];

    private readonly Process _process;
    private readonly Queue<string> _complaints = new();
    private readonly Func<string?, string?> _hear;

    /// <summary>Starts the program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="feed">True: the program reads from a pipe; false: it writes to one.</param>
    /// <param name="hear">
    /// Takes each line of standard error, and null at the end; returns the error message in it, or null. Null: each
    /// line is an error message.
    /// </param>
    /// <exception cref="FaceLoupeException">The system refuses to run it.</exception>
    public FfmpegProcess(
        string program, IEnumerable<string> arguments, bool feed = false, Func<string?, string?>? hear = null)
    {
        _hear = hear ?? (line => line);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = feed,
            RedirectStandardOutput = !feed,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Keep(_hear(line.Data));
        try
        {
            _process.Start();
        }
        catch (Win32Exception fault)
        {
            _process.Dispose();
            throw new FaceLoupeException(
                $"{program}: cannot be run: {fault.Message}; give another with --ffmpeg PATH.", fault);
        }

        _process.BeginErrorReadLine();
    }

    /// <summary>What it writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What it reads; closing it ends the input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Its last error message, on one line; null: none.</summary>
    public string? LastComplaint
    {
        get
        {
            lock (_complaints)
            {
                return _complaints.LastOrDefault();
            }
        }
    }

    /// <summary>How many packets it has said that it cannot decode. The exit code says nothing of them.</summary>
    public int DecodingFaults { get; private set; }

    /// <summary>Whether one of its last error messages contains a text.</summary>
    public bool ComplainedOf(string what)
    {
        lock (_complaints)
        {
            return _complaints.Any(line => line.Contains(what, StringComparison.Ordinal));
        }
    }

    /// <summary>A file as an argument of ffmpeg that is not taken for an option, a pattern or a protocol.</summary>
    public static string FileArgument(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int Wait()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Kills the program if it still runs.</summary>
    public void Dispose()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has already ended.
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.StartsWith("    Last message repeated", StringComparison.Ordinal))
        {
            return;
        }

        lock (_complaints)
        {
            DecodingFaults += Array.Exists(
                DecodingFault, words => line.Contains(words, StringComparison.Ordinal)) ? 1 : 0;
            _complaints.Enqueue(line.Trim());
            if (_complaints.Count > KeptLines)
            {
                _complaints.Dequeue();
            }
        }
    }
}
