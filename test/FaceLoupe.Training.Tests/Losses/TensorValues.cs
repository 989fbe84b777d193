using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

/// <summary>Short words for tensors of few values.</summary>
internal static class TensorValues
{
    /// <summary>ln 3: its sigmoid is 3/4.</summary>
    public const float Ln3 = 1.0986123f;

    /// <summary>-ln(3/4), the loss of a right answer of logit <see cref="Ln3"/>.</summary>
    public const double Right = 0.28768207;

    /// <summary>-ln(1/4), the loss of a wrong one.</summary>
    public const double Wrong = 1.38629436;

    public static double Number(this Tensor scalar) => scalar.item<float>();

    /// <summary>The largest difference of two values.</summary>
    public static double Difference(Tensor a, Tensor b) => a.sub(b).abs().max().Number();

    /// <summary>N x 1.</summary>
    public static Tensor Column(params float[] values) => tensor(values, [values.Length, 1]);

    /// <summary>N x 4.</summary>
    public static Tensor Rows(params float[] values) => tensor(values, [values.Length / 4, 4]);

    /// <summary>One RGB pixel.</summary>
    public static Tensor Pixel(params float[] values) => tensor(values, [1, 3, 1, 1]);
}
