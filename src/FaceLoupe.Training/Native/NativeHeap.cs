using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Native;

/// <summary>
/// Tells glibc's allocator to keep freed memory. A training step frees and allocates the same large tensors again; by
/// default each goes to the kernel and back, and page faults then cost up to two fifths of the time.
/// </summary>
internal static class NativeHeap
{
    // Parameter numbers of <malloc.h>.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>
    /// Call first in <c>Main</c>, before anything large is allocated. True when the settings took; false elsewhere than
    /// on Linux with glibc, where nothing is changed.
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
