using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FaceLoupe.Build;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Native;

/// <summary>
/// Keeps libtorch from using broken kernels. oneDNN plans those for AVX-512 and AVX2 by the cache sizes that CPUID
/// reports; on AMD processors in virtual machines that report no caches, gradients become NaN. SSE4.1 kernels are
/// slower and correct. A build step (eng/libtorchsharp) can patch the query; then all are correct
/// (docs/decisions/0018).
/// </summary>
internal static class OneDnnKernels
{
    private const uint CacheLeaf = 0x8000_001D;

    /// <summary>Runs before any code of this assembly, so before libtorch's query.</summary>
#pragma warning disable CA2255 // Whoever trains goes through this assembly, the tests included.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void KeepSound()
    {
        if (X86Base.IsSupported && HidesCaches(X86Base.CpuId) && !IsMended(SearchedFolders()))
        {
            NativeVariables.SetDefault("ONEDNN_MAX_CPU_ISA", "SSE41");
        }
    }

    /// <summary>Whether the libtorch that will be loaded, the first in these folders, is patched.</summary>
    internal static bool IsMended(IEnumerable<string> folders)
    {
        var library = folders.Select(folder => Path.Combine(folder, CacheQuery.LibraryName))
            .FirstOrDefault(File.Exists);
        try
        {
            return library is not null && CacheQuery.Inspect(library).State == CacheQueryState.Mended;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The folders where .NET searches native libraries, in order.</summary>
    internal static string[] SearchedFolders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? AppContext.BaseDirectory)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether an AMD processor has the CPUID leaf of caches, but reports none.</summary>
    /// <param name="cpuId">The CPUID instruction: leaf and sub-leaf to the four registers.</param>
    internal static bool HidesCaches(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        // "Auth", "enti", "cAMD".
        var (_, ebx, ecx, edx) = cpuId(0, 0);
        var isAmd = (ebx, edx, ecx) == (0x6874_7541, 0x6974_6e65, 0x444d_4163);

        // The lowest five bits are the type of the first cache, 0 for none.
        return isAmd
            && (uint)cpuId(unchecked((int)0x8000_0000), 0).Eax >= CacheLeaf
            && (cpuId(unchecked((int)CacheLeaf), 0).Eax & 0x1f) == 0;
    }
}
