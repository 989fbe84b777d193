using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace FaceLoupe.Models;

/// <summary>
/// Whether the application brought the native halves of the managed packages that the library refers to. Without this
/// question the first fault is a failed type initialiser deep in one of them.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>Loads them.</summary>
    /// <exception cref="FaceLoupeException">One is missing for this platform.</exception>
    public static void Check()
    {
        Load("ONNX Runtime", "Microsoft.ML.OnnxRuntime", () => OnnxEnvironment.Instance);
        Load(
            "Skia",
            OperatingSystem.IsLinux() ? "SkiaSharp.NativeAssets.Linux.NoDependencies" : "SkiaSharp",
            () => SKImageInfo.PlatformColorType);
    }

    /// <summary>Runs what needs a native library, and says which package has it when it cannot be loaded.</summary>
    internal static void Load(string library, string package, Func<object> use)
    {
        try
        {
            use();
        }
        catch (Exception fault) when (Innermost(fault) is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new FaceLoupeException(
                $"The native library of {library} for this platform is missing or of another version: "
                + $"refer to the package {package} in the application.",
                fault);
        }
    }

    private static Exception Innermost(Exception fault) =>
        fault is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : fault;
}
