using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Models;

/// <summary>Requests a device from ONNX Runtime; if it is not available, gives the reason in one line.</summary>
internal static class ExecutionProvider
{
    /// <summary>Whether a device other than the processor is there and its provider loads.</summary>
    public static bool IsAvailable(Device device)
    {
        if (device == Device.Cpu)
        {
            return false;
        }

        using var options = new SessionOptions();
        return TryAdd(options, device) is null;
    }

    /// <summary>Adds a device to the options of a session; null, or why it could not be added.</summary>
    public static string? TryAdd(SessionOptions options, Device device)
    {
        if (device == Device.Cpu)
        {
            return null;
        }

        var (provider, package) = device switch
        {
            Device.Cuda => ("CUDAExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu with CUDA and cuDNN"),
            Device.DirectML => ("DmlExecutionProvider", "Microsoft.ML.OnnxRuntime.DirectML on Windows"),
            _ => ("CoreMLExecutionProvider", "Microsoft.ML.OnnxRuntime on macOS"),
        };
        var available = OnnxEnvironment.Instance.GetAvailableProviders();
        if (!available.Contains(provider))
        {
            return $"Device {device}: this ONNX Runtime has no {provider} (but {string.Join(", ", available)}); "
                + $"it needs {package}. Running on the CPU.";
        }

        try
        {
            switch (device)
            {
                case Device.Cuda:
                    options.AppendExecutionProvider_CUDA();
                    break;
                case Device.DirectML:
                    options.AppendExecutionProvider_DML();
                    break;
                default:
                    options.AppendExecutionProvider_CoreML();
                    break;
            }

            return null;
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or EntryPointNotFoundException
            or DllNotFoundException or NotSupportedException)
        {
            return Failed(device, fault);
        }
    }

    /// <summary>Why a session could not be made on a device.</summary>
    public static string Failed(Device device, Exception fault) =>
        $"Device {device}: its provider does not load: {fault.Message.ReplaceLineEndings(" ").Trim()} Running on the "
            + "CPU.";
}
