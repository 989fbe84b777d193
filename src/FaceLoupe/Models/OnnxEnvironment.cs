using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Models;

/// <summary>
/// ONNX Runtime, asked not to report. Its official builds tell their maker by default which models run and on what, and
/// keep a number of the device in the home folder; what looks at people's faces has no business to tell anybody.
/// </summary>
internal static class OnnxEnvironment
{
    private static readonly Lazy<OrtEnv> Made = new(Make);

    /// <summary>The environment of this process. Nothing else may ask ONNX Runtime for it.</summary>
    public static OrtEnv Instance => Made.Value;

    private static OrtEnv Make()
    {
        TellBeforeItStarts();
        var environment = OrtEnv.Instance();

        // Where the application had started it already, or where it does not listen to variables: on Windows.
        environment.DisableTelemetryEvents();
        return environment;
    }

    // .NET has a copy of the variables; the native library sees the process's own.
    private static void TellBeforeItStarts()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            // 0: who has set it already knows what he wants.
            _ = SetVariable([.. "ORT_DISABLE_TELEMETRY\0"u8], [.. "1\0"u8], 0);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // No C library by this name: what is asked of the environment itself has to do.
        }
    }

    [DllImport("libc", EntryPoint = "setenv", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(byte[] name, byte[] value, int overwrite);
}
