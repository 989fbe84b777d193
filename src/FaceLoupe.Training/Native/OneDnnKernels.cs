using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FaceLoupe.Models;

namespace FaceLoupe.Training.Native;

/// <summary>
/// Keeps libtorch away from kernels that calculate nonsense. Its oneDNN plans those for AVX-512 and AVX2 by the sizes
/// of the caches, asks AMD processors for them by CPUID, and gradients become NaN where a virtual machine answers that
/// there are none. Those for SSE4.1 are slower and sound (docs/decisions/0018).
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
        if (X86Base.IsSupported && HidesCaches(X86Base.CpuId))
        {
            NativeVariables.SetDefault("ONEDNN_MAX_CPU_ISA", "SSE41");
        }
    }

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
