using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FaceLoupe.Cli.Streams;

/// <summary>Standard output of the process.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>
    /// Opens it so that a reader that is gone shows: the console's own stream passes over a broken pipe in silence, and
    /// a run whose results nobody reads would go on to its end.
    /// </summary>
    public static TextWriter Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.Out;
        }

        try
        {
            var stream = new FileStream(
                new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // Into a file it would write at a place of its own, over what other programs write there meanwhile.
            return stream.CanSeek
                ? Console.Out
                : TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Closed: what is written tells it.
            return Console.Out;
        }
    }
}
