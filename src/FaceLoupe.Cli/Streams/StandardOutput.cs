using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FaceLoupe.Cli.Streams;

/// <summary>Standard output of the process.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>
    /// Opens it so that a broken pipe is detected: the console's own stream ignores it, and a run whose results nobody
    /// reads would continue to its end.
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

            // In a file it would write at its own position, over the output of other programs.
            return stream.CanSeek
                ? Console.Out
                : TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Closed: writing will fail.
            return Console.Out;
        }
    }
}
