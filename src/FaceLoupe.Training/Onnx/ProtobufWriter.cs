using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FaceLoupe.Training.Onnx;

/// <summary>
/// The few parts of the protobuf wire format that an ONNX file needs: a message is a run of fields, each a tag (number
/// and wire type) and a value.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int LengthType = 2;
    private const int Fixed32Type = 5;

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <summary>An integer or enumeration field.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    /// <summary>A 32-bit float field.</summary>
    public void Float(int field, float value)
    {
        Tag(field, Fixed32Type);
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    /// <summary>A text field, in UTF-8.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A field of raw bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthType);
        Varint((ulong)value.Length);
        buffer.Write(value);
    }

    /// <summary>A field that is itself a message.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter(); // its length comes first, so it is written apart
        write(inner);
        Bytes(field, inner.Written);
    }

    private void Tag(int field, int type) => Varint((ulong)((field << 3) | type));

    // Seven bits a byte, lowest first; the top bit says that more follow.
    private void Varint(ulong value)
    {
        var span = buffer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        buffer.Advance(length);
    }
}
