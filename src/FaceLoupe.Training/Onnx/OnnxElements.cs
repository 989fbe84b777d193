using System.Globalization;
using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Onnx;

/// <summary>How the weights of an ONNX file are stored; the network computes in 32 bits either way.</summary>
internal enum WeightPrecision
{
    /// <summary>32-bit floats.</summary>
    Single,

    /// <summary>
    /// 16-bit floats, turned to 32 bits when the file is loaded: half the size. Vectors (biases) stay in 32 bits.
    /// </summary>
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

/// <summary>An attribute of a node; exactly one of the values is given.</summary>
internal sealed record OnnxAttribute(
    string Name, long? Integer = null, float? Float = null, string? Text = null, long[]? Integers = null)
{
    // Field numbers and kinds of AttributeProto.
    public void Write(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        if (Integer is { } integer)
        {
            writer.Integer(3, integer);
            writer.Integer(20, 2);
        }
        else if (Float is { } value)
        {
            writer.Float(2, value);
            writer.Integer(20, 1);
        }
        else if (Text is { } text)
        {
            writer.Text(4, text);
            writer.Integer(20, 3);
        }
        else
        {
            foreach (var item in Integers!)
            {
                writer.Integer(8, item);
            }

            writer.Integer(20, 7);
        }
    }
}

/// <summary>An operation of the graph.</summary>
internal sealed record OnnxNode(string Operator, string[] Inputs, string Output, OnnxAttribute[] Attributes)
{
    // Field numbers of NodeProto.
    public void Write(ProtobufWriter writer)
    {
        foreach (var input in Inputs)
        {
            writer.Text(1, input);
        }

        writer.Text(2, Output);
        writer.Text(3, Output);
        writer.Text(4, Operator);
        foreach (var attribute in Attributes)
        {
            writer.Message(5, attribute.Write);
        }
    }
}

/// <summary>A constant of the graph; an exact one is stored in 32 bits whatever the weights are stored in.</summary>
internal sealed record OnnxConstant(string Name, int[] Shape, float[] Values, bool Exact = false)
{
    private const int SingleType = 1;
    private const int HalfType = 10;

    /// <summary>Whether this is stored in 16 bits: vectors are too few to matter and a bias may be large.</summary>
    public bool IsHalf(WeightPrecision precision) => precision == WeightPrecision.Half && Shape.Length > 1 && !Exact;

    // Field numbers of TensorProto.
    public void Write(ProtobufWriter writer, string name, bool half)
    {
        foreach (var side in Shape)
        {
            writer.Integer(1, side);
        }

        writer.Integer(2, half ? HalfType : SingleType);
        writer.Text(8, name);
        writer.Bytes(9, half ? MemoryMarshal.AsBytes<Half>(ToHalf()) : MemoryMarshal.AsBytes<float>(Values));
    }

    private Half[] ToHalf() => Array.ConvertAll(Values, value =>
    {
        var half = (Half)value;
        return Half.IsFinite(half)
            ? half
            : throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture, $"{Name} holds {value}, which 16 bits cannot; export with 32-bit weights"));
    });
}
