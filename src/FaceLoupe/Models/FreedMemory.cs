using System.Runtime.InteropServices;

namespace FaceLoupe.Models;

/// <summary>Memory that native libraries have freed but the C library keeps.</summary>
internal static class FreedMemory
{
    /// <summary>Returns it to the system; without effect if the C library is not GNU's.</summary>
    public static void Return()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library keeps less, and has no such call.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
