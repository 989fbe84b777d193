using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>
/// Adam's update of one tensor on the CPU, in one pass over its memory instead of libtorch's eight. The operations and
/// their order are the same; a result may differ in its last bit.
/// </summary>
/// <param name="beta1">Decay of the mean of gradients.</param>
/// <param name="beta2">Decay of the mean of their squares.</param>
/// <param name="rootFactor">Factor of the root of that mean.</param>
/// <param name="epsilon">Added to the scaled root.</param>
/// <param name="step">Factor of the quotient of mean and root, with its sign.</param>
internal readonly struct AdamPass(double beta1, double beta2, double rootFactor, double epsilon, double step)
{
    private readonly float beta1 = (float)beta1;
    private readonly float beta2 = (float)beta2;
    private readonly float newMean = (float)(1 - beta1);
    private readonly float newSquare = (float)(1 - beta2);
    private readonly float rootFactor = (float)rootFactor;
    private readonly float epsilon = (float)epsilon;
    private readonly float step = (float)step;

    /// <summary>Whether a tensor is supported: on the CPU, contiguous 32-bit floats.</summary>
    public static bool Takes(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();

    /// <summary>Updates a weight and its two means, of one shape and supported by <see cref="Takes"/>.</summary>
    public void Update(Tensor weight, Tensor gradient, Tensor mean, Tensor square) => Update(
        MemoryMarshal.Cast<byte, float>(weight.bytes), MemoryMarshal.Cast<byte, float>(gradient.bytes),
        MemoryMarshal.Cast<byte, float>(mean.bytes), MemoryMarshal.Cast<byte, float>(square.bytes));

    private void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares)
    {
        var (newMeans, newSquares) = (new Vector<float>(newMean), new Vector<float>(newSquare));
        var epsilons = new Vector<float>(epsilon);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(gradients[i..]);
            var mean = Vector.FusedMultiplyAdd(gradient, newMeans, new Vector<float>(means[i..]) * beta1);
            var square = Vector.FusedMultiplyAdd(
                newSquares * gradient, gradient, new Vector<float>(squares[i..]) * beta2);
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            var root = (Vector.SquareRoot(square) * rootFactor) + epsilons;
            (new Vector<float>(weights[i..]) + (mean * step / root)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = gradients[i];
            means[i] = MathF.FusedMultiplyAdd(gradient, newMean, means[i] * beta1);
            squares[i] = MathF.FusedMultiplyAdd(newSquare * gradient, gradient, squares[i] * beta2);
            weights[i] += means[i] * step / ((MathF.Sqrt(squares[i]) * rootFactor) + epsilon);
        }
    }
}
