using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FaceLoupe.Build;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Native;

/// <summary>
/// Keeps libtorch away from kernels that calculate nonsense. Its oneDNN plans those for AVX-512 and AVX2 by the sizes
/// of the caches, asks AMD processors for them by CPUID, and gradients become NaN where a virtual machine answers that
/// there are none. Those for SSE4.1 are slower and sound; where a build step has mended the question
/// (eng/libtorchsharp), all are (docs/decisions/0018).
/// </summary>
internal static class OneDnnKernels
{
    private const uint CacheLeaf = 0x8000_001D;

    /// <summary>Runs before anything of this assembly does, so before libtorch asks.</summary>
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

    /// <summary>
    /// Whether the libtorch that will be loaded, the first in these folders, no longer asks for caches.
    /// </summary>
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

    /// <summary>Where .NET looks for native libraries, in its order.</summary>
    internal static string[] SearchedFolders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? AppContext.BaseDirectory)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a processor is AMD's and knows the question about its caches, but tells of none.</summary>
    /// <param name="cpuId">The CPUID instruction: leaf and sub-leaf to the four registers.</param>
    internal static bool HidesCaches(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        // "Auth", "enti", "cAMD".
        var (_, ebx, ecx, edx) = cpuId(0, 0);
        var isAmd = (ebx, edx, ecx) == (0x6874_7541, 0x6974_6e65, 0x444d_4163);

        // The lowest five bits are the kind of the first cache, 0 for none.
        return isAmd
            && (uint)cpuId(unchecked((int)0x8000_0000), 0).Eax >= CacheLeaf
            && (cpuId(unchecked((int)CacheLeaf), 0).Eax & 0x1f) == 0;
    }
}
