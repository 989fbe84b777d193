using System.Runtime.InteropServices;
using System.Text;

namespace FaceLoupe.Training.Onnx;

/// <summary>Types of numbers in an ONNX file, by their numbers there.</summary>
internal enum OnnxType
{
    Single = 1,
    Byte = 2,
    SignedByte = 3,
    Integer = 6,
    Half = 10,
}

/// <summary>A constant of a file.</summary>
internal sealed record FileTensor(string Name, long[] Shape, OnnxType Type, byte[] Data)
{
    /// <summary>A constant of these values.</summary>
    public static FileTensor Of<T>(string name, OnnxType type, T[] values, params long[] shape)
        where T : unmanaged =>
        new(name, shape, type, MemoryMarshal.AsBytes<T>(values).ToArray());

    // Field numbers of TensorProto.
    public static FileTensor Read(ReadOnlySpan<byte> bytes)
    {
        var name = string.Empty;
        List<long> shape = [];
        long type = 0;
        byte[]? data = null;
        var tensor = new ProtobufReader(bytes);
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case 1:
                    tensor.AddIntegersTo(shape);
                    break;
                case 2:
                    type = tensor.Integer;
                    break;
                case 8:
                    name = Encoding.UTF8.GetString(tensor.Bytes);
                    break;
                case 9:
                    data = tensor.Bytes.ToArray();
                    break;
            }
        }

        return new FileTensor(name, [.. shape], (OnnxType)type, data ?? throw new FaceLoupeException(
            $"Constant '{name}' is not stored as raw bytes; only networks that faceloupe-train exported can be quantised."));
    }

    public void Write(ProtobufWriter writer)
    {
        foreach (var side in Shape)
        {
            writer.Integer(1, side);
        }

        writer.Integer(2, (int)Type);
        writer.Text(8, Name);
        writer.Bytes(9, Data);
    }

    /// <summary>The values of a constant of 16- or 32-bit floats.</summary>
    public float[] ToSingles() => Type switch
    {
        OnnxType.Single => MemoryMarshal.Cast<byte, float>(Data).ToArray(),
        OnnxType.Half => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Data).ToArray(), value => (float)value),
        _ => throw new FaceLoupeException($"Constant '{Name}' holds no floats ({Type}); is the network quantised already?"),
    };
}
