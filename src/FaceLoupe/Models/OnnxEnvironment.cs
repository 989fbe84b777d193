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
        // Before it starts.
        NativeVariables.SetDefault("ORT_DISABLE_TELEMETRY", "1");
        var environment = OrtEnv.Instance();

        // Where the application had started it already, or where it does not listen to variables: on Windows.
        environment.DisableTelemetryEvents();
        return environment;
    }
}
