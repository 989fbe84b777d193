using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Models;

/// <summary>
/// ONNX Runtime without telemetry. By default its official builds report which models run and on what, and keep a
/// device identifier in the home folder; a program that processes faces must not.
/// </summary>
internal static class OnnxEnvironment
{
    private static readonly Lazy<OrtEnv> Made = new(Make);

    /// <summary>The environment of this process. Nothing else may create it.</summary>
    public static OrtEnv Instance => Made.Value;

    private static OrtEnv Make()
    {
        // Before it starts.
        NativeVariables.SetDefault("ORT_DISABLE_TELEMETRY", "1");
        var environment = OrtEnv.Instance();

        // Where the application had started it already, or where it does not listen to variables: on Windows.
        environment.DisableTelemetryEvents();
        return environment;
    }
}
