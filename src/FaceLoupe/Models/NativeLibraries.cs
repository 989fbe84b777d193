using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace FaceLoupe.Models;

/// <summary>
/// Whether the application brought the native halves of the managed packages that the library refers to, in versions
/// that fit them. Without this check the first fault is a failed type initialiser deep in one of them.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>Loads them.</summary>
    /// <exception cref="FaceLoupeException">
    /// One is missing for this platform, or does not fit its managed half.
    /// </exception>
    public static void Check()
    {
        Load("ONNX Runtime", "Microsoft.ML.OnnxRuntime", typeof(OrtEnv).Assembly, () => OnnxEnvironment.Instance);
        Load(
            "Skia",
            OperatingSystem.IsLinux() ? "SkiaSharp.NativeAssets.Linux.NoDependencies" : "SkiaSharp",
            typeof(SKImageInfo).Assembly,
            () => SKImageInfo.PlatformColorType);
    }

    /// <summary>
    /// Runs code that needs a native library; if it cannot be loaded, the exception names its package.
    /// </summary>
    /// <param name="library">What people call it.</param>
    /// <param name="package">The package that has it.</param>
    /// <param name="managed">The managed half, whose version the package must have.</param>
    /// <param name="use">Calls it.</param>
    internal static void Load(string library, string package, Assembly managed, Func<object> use)
    {
        try
        {
            use();
        }
        catch (Exception fault) when (IsOfLoading(fault))
        {
            throw new FaceLoupeException(
                $"The native library of {library} for this platform is missing or of another version "
                + $"({Innermost(fault).Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}): refer to the package "
                + $"FaceLoupe.Native in the application, or to {package}{VersionOf(managed)}.",
                fault);
        }
    }

    // A half of another version is there and can be loaded; the managed one refuses it when its own types are
    // initialised.
    private static bool IsOfLoading(Exception fault) =>
        fault is TypeInitializationException or DllNotFoundException or BadImageFormatException
        or EntryPointNotFoundException;

    private static Exception Innermost(Exception fault) =>
        fault is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : fault;

    // "4.155.0+SHA": what follows the plus is the commit.
    private static string VersionOf(Assembly managed) =>
        managed.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(
            '+')[0] is { } version
            ? $" {version}"
            : "";
}
