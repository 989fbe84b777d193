using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Reports;

/// <summary>What the processor can do that makes networks fast.</summary>
internal static class Processor
{
    private const int ExtendedFeatures = 7;

    /// <summary>Its name, or its architecture where the system does not tell.</summary>
    public static string Name
    {
        get
        {
            const string key = "model name";
            var line = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>Instruction sets that ONNX Runtime has kernels for, as far as programs may use them.</summary>
    public static IReadOnlyList<string> Features
    {
        get
        {
            var features = new List<(string Name, bool There)>
            {
                ("SSE4.1", Sse41.IsSupported),
                ("AVX", Avx.IsSupported),
                ("AVX2", Avx2.IsSupported),
                ("FMA", Fma.IsSupported),
                ("AVX-512", Avx512F.IsSupported),
                ("AVX-VNNI", AvxVnni.IsSupported),
                ("NEON", AdvSimd.IsSupported),
                ("DotProd", Dp.IsSupported),
            };
            if (X86Base.IsSupported)
            {
                // The runtime has no name for these; they are of use only where it found AVX-512 itself.
                var (_, _, _, fourth) = X86Base.CpuId(ExtendedFeatures, 0);
                var (first, _, _, _) = X86Base.CpuId(ExtendedFeatures, 1);
                features.Add(("AVX-512 VNNI", ProcessorFeatures.HasAvx512Vnni));
                features.Add(("AVX-512 BF16", Avx512F.IsSupported && (first & (1 << 5)) != 0));
                features.Add(("AMX INT8", Avx512F.IsSupported && (fourth & (1 << 25)) != 0));
            }

            return [.. features.Where(feature => feature.There).Select(feature => feature.Name)];
        }
    }
}
