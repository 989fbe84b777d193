using System.Runtime.InteropServices;

namespace FaceLoupe.Cli.Isolation;

/// <summary>Limits that a worker sets for itself and the system enforces.</summary>
internal static class WorkerLimits
{
    private const int Data = 2;
    private const int Core = 4;

    /// <summary>Sets a memory limit, and keeps images out of core dumps.</summary>
    /// <param name="megabytes">Limit of writable memory, in MB.</param>
    /// <returns>Whether the system enforces the limit; only Linux does.</returns>
    public static bool Take(int megabytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // The runtime reserves hundreds of gigabytes of address space; only writable memory counts.
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
