using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FaceLoupe.Models;

/// <summary>The features of this processor that determine the kernels of ONNX Runtime.</summary>
/// <param name="Architecture">Such as x64.</param>
/// <param name="Avx2">AVX2 with FMA; x64 only.</param>
/// <param name="Vnni">Instructions for sums of products of bytes, AVX-512 VNNI or AVX-VNNI; x64 only.</param>
internal sealed record ProcessorFeatures(Architecture Architecture, bool Avx2, bool Vnni)
{
    private const int ExtendedFeatures = 7;

    /// <summary>Those of this processor.</summary>
    public static ProcessorFeatures Current { get; } = new(
        RuntimeInformation.ProcessArchitecture,
        System.Runtime.Intrinsics.X86.Avx2.IsSupported && Fma.IsSupported,
        HasVnni());

    /// <summary>AVX-512 VNNI alone, for which .NET has no name; of use only where .NET found AVX-512 itself.</summary>
    public static bool HasAvx512Vnni =>
        Avx512F.IsSupported && (X86Base.CpuId(ExtendedFeatures, 0).Ecx & (1 << 11)) != 0;

    private bool IsX64 => Architecture == Architecture.X64;

    /// <summary>
    /// Whether ONNX Runtime's kernels for unsigned bytes by signed ones add two products within 16 bits, which is too
    /// small for large ones.
    /// </summary>
    public bool BytesOverflow => IsX64 && !Vnni;

    /// <summary>Refuses a processor that is too old.</summary>
    /// <exception cref="FaceLoupeException">An x64 processor without AVX2.</exception>
    public void Check()
    {
        if (IsX64 && !Avx2)
        {
            throw new FaceLoupeException(
                "This x64 processor has no AVX2, or DOTNET_EnableAVX2 or the virtual machine hides it; FaceLoupe needs "
                + "it (Intel from Haswell, 2013, and AMD from Excavator, 2015, on). Run it on another machine.");
        }
    }

    /// <summary>The kind of processor in a few words.</summary>
    public override string ToString() => !IsX64 ? Architecture.ToString().ToLowerInvariant()
        : Vnni ? "x64 with VNNI" : Avx2 ? "x64 with AVX2, without VNNI" : "x64 without AVX2";

    private static bool HasVnni() => AvxVnni.IsSupported || HasAvx512Vnni;
}
