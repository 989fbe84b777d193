using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Reports;

/// <summary>The processor and its instruction sets that speed up networks.</summary>
internal static class Processor
{
    private const int ExtendedFeatures = 7;

    /// <summary>Its name, or its architecture if the system does not report it.</summary>
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

    /// <summary>Usable instruction sets that ONNX Runtime has kernels for.</summary>
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
                // The runtime has no property for these; they are usable only if it detects AVX-512.
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
