using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Onnx;

/// <summary>Constants of ONNX files.</summary>
internal static class OnnxTensors
{
    /// <summary>A constant of these values.</summary>
    public static TensorProto Of<T>(string name, DataType type, T[] values, params IEnumerable<long> shape)
        where T : unmanaged => new()
        {
            Name = name,
            DataType = (int)type,
            Dims = { shape },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values)),
        };

    /// <summary>Whether a constant is of a type.</summary>
    public static bool Is(this TensorProto tensor, DataType type) => tensor.DataType == (int)type;

    /// <summary>The values of a constant of 16- or 32-bit floats.</summary>
    /// <exception cref="FaceLoupeException">It holds no floats, or not as raw bytes.</exception>
    public static float[] ToSingles(this TensorProto tensor) => tensor switch
    {
        { HasRawData: false } => throw new FaceLoupeException(
            $"Constant '{tensor.Name}' is not stored as raw bytes; only networks that faceloupe-train exported are "
                + "read."),
        _ when tensor.Is(DataType.Float) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray(),
        _ when tensor.Is(DataType.Float16) => Array.ConvertAll(
            MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(), value => (float)value),
        _ => throw new FaceLoupeException(
            $"Constant '{tensor.Name}' holds no floats ({(DataType)tensor.DataType}); is the network quantised "
                + "already?"),
    };
}
