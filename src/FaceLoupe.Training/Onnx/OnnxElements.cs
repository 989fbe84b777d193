using System.Globalization;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Onnx;

/// <summary>How the weights of an ONNX file are stored; the network computes in 32 bits either way.</summary>
internal enum WeightPrecision
{
    /// <summary>32-bit floats.</summary>
    Single,

    /// <summary>16-bit floats, cast to 32 bits when the file is loaded. Vectors (biases) stay in 32 bits.</summary>
    Half,
}

/// <summary>A dimension of an input or output: a number, or a name where it is free.</summary>
/// <param name="Size">Its size; meaningless when <paramref name="Name"/> is given.</param>
/// <param name="Name">The name of a free dimension; equal names mean equal sizes.</param>
internal readonly record struct OnnxDimension(long Size, string? Name)
{
    public static implicit operator OnnxDimension(int size) => new(size, null);

    public static implicit operator OnnxDimension(string name) => new(0, name);

    public override string ToString() => Name ?? Size.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Attributes of nodes.</summary>
internal static class OnnxAttribute
{
    /// <summary>A whole number.</summary>
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>A string.</summary>
    public static AttributeProto Of(string name, string value) => new()
    {
        Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String,
    };

    /// <summary>Whole numbers.</summary>
    public static AttributeProto Of(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };
}

/// <summary>A constant of the graph; an exact one is always stored in 32 bits.</summary>
internal sealed record OnnxConstant(string Name, int[] Shape, float[] Values, bool Exact = false)
{
    /// <summary>Whether this is stored in 16 bits: not vectors, which are small and may have large values.</summary>
    public bool IsHalf(WeightPrecision precision) => precision == WeightPrecision.Half && Shape.Length > 1 && !Exact;

    /// <summary>The constant of the file.</summary>
    public TensorProto ToProto(string name, bool half) => half
        ? OnnxTensors.Of(name, DataType.Float16, ToHalf(), Shape.Select(side => (long)side))
        : OnnxTensors.Of(name, DataType.Float, Values, Shape.Select(side => (long)side));

    private Half[] ToHalf() => Array.ConvertAll(Values, value =>
    {
        var half = (Half)value;
        return Half.IsFinite(half)
            ? half
            : throw new FaceLoupeException(FormattableString.Invariant(
                $"{Name} holds {value}, which is too large for 16 bits; export with 32-bit weights"));
    });
}
