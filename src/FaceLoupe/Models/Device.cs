namespace FaceLoupe;

/// <summary>What networks run on.</summary>
public enum Device
{
    /// <summary>The processor; always there.</summary>
    Cpu,

    /// <summary>NVIDIA graphics; needs the package Microsoft.ML.OnnxRuntime.Gpu, CUDA and cuDNN.</summary>
    Cuda,

    /// <summary>Any graphics of Windows; needs the package Microsoft.ML.OnnxRuntime.DirectML.</summary>
    DirectML,

    /// <summary>The accelerators of macOS, which its Microsoft.ML.OnnxRuntime carries.</summary>
    CoreML,
}
