using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Native;

/// <summary>
/// Makes glibc's allocator keep freed memory. A training step frees and allocates the same large tensors; by default
/// they are returned to the kernel, and page faults cost up to 40% of the time.
/// </summary>
internal static class NativeHeap
{
    // Parameter numbers of <malloc.h>.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>
    /// Call first in <c>Main</c>, before anything large is allocated. True if the settings took effect; without effect
    /// and false where the C library is not glibc on Linux.
    /// </summary>
    public static bool KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return SetAllocatorOption(MmapMax, 0) != 0
                & SetAllocatorOption(TrimThreshold, int.MaxValue) != 0
                & SetAllocatorOption(TopPad, 64 * 1024 * 1024) != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // another C library, such as musl
        }
    }

    // "libc.so.6" is glibc's own name; plain "libc" may find a linker script or another C library.
    [DllImport("libc.so.6", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAllocatorOption(int parameter, int value);
}
