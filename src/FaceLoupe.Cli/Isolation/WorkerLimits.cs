using System.Runtime.InteropServices;

namespace FaceLoupe.Cli.Isolation;

/// <summary>Limits that a worker takes upon itself, which the system keeps from then on.</summary>
internal static class WorkerLimits
{
    private const int Data = 2;
    private const int Core = 4;

    /// <summary>Takes a limit of memory, and leaves no image behind in a dump of a crash.</summary>
    /// <param name="megabytes">Most memory that it may write to, in MB.</param>
    /// <returns>Whether the system keeps the limit; elsewhere than on Linux it does not.</returns>
    public static bool Take(int megabytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // Of addresses the runtime reserves hundreds of gigabytes; what counts is what can be written to.
        return Set(Core, 0) && Set(Data, (ulong)megabytes << 20);
    }

    private static bool Set(int resource, ulong value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        return SetLimit(resource, in limit) == 0;
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
