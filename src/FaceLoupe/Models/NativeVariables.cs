using System.Runtime.InteropServices;

namespace FaceLoupe.Models;

/// <summary>
/// Environment variables for native libraries: .NET has a copy, whose changes do not reach the process's own.
/// </summary>
internal static class NativeVariables
{
    /// <summary>Sets a variable unless it is set already. Nothing happens on Windows or without a C library.</summary>
    public static void SetDefault(string name, string value)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            _ = Set(name, value, 0);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // No C library by this name: the library keeps its own default.
        }
    }

    [DllImport("libc", EntryPoint = "setenv", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value,
        int overwrite);
}
