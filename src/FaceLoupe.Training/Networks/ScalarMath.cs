using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Networks;

/// <summary>
/// Arithmetic with scalars, safe from the garbage collector. TorchSharp's operators pass the native pointer of a
/// temporary <see cref="Scalar"/> without keeping it alive: a collection on another thread can free it during the
/// native call. Seen as "argument alpha must not be a floating point number" during training; see docs/decisions/0006.
/// </summary>
internal static class ScalarMath
{
    // The factor alpha of the second summand, of which operator + and add(scalar) make one per call.
    private static readonly Scalar One = 1;

    public static Tensor Add(this Tensor tensor, Tensor other) => tensor.add(other, One);

    public static Tensor AddInPlace(this Tensor tensor, Tensor other) => tensor.add_(other, One);

    public static Tensor Subtract(this Tensor tensor, Tensor other) => tensor.sub(other);

    public static Tensor Times(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul(scalar);
    }

    public static Tensor TimesInPlace(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul_(scalar);
    }

    public static Tensor Plus(this Tensor tensor, double summand)
    {
        using Scalar scalar = summand;
        return tensor.add(scalar, One);
    }

    public static Tensor PlusInPlace(this Tensor tensor, double summand)
    {
        using Scalar scalar = summand;
        return tensor.add_(scalar, One);
    }

    public static Tensor Clamp(this Tensor tensor, double low, double high)
    {
        using Scalar lowest = low;
        using Scalar highest = high;
        return tensor.clamp(lowest, highest);
    }

    public static Tensor IsEqualTo(this Tensor tensor, double value)
    {
        using Scalar scalar = value;
        return tensor.eq(scalar);
    }

    public static Tensor IsAbove(this Tensor tensor, double value)
    {
        using Scalar scalar = value;
        return tensor.gt(scalar);
    }
}
