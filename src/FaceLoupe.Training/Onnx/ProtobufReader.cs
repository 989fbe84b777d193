using System.Buffers.Binary;

namespace FaceLoupe.Training.Onnx;

/// <summary>Walks over the fields of one protobuf message; the counterpart of <see cref="ProtobufWriter"/>.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    /// <summary>Number of the field that <see cref="Next"/> came upon.</summary>
    public int Field { get; private set; }

    /// <summary>
    /// Whether the field is an integer; otherwise it is bytes (text, messages, packed numbers, floats).
    /// </summary>
    public bool IsInteger { get; private set; }

    /// <summary>Value of an integer field.</summary>
    public long Integer { get; private set; }

    /// <summary>Value of a field of bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)(tag >> 3);
        IsInteger = (tag & 7) == 0;
        switch (tag & 7)
        {
            case 0:
                Integer = (long)Varint();
                Bytes = default;
                break;
            case 1:
                Bytes = Take(8);
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Bytes = Take(4);
                break;
            default:
                throw Damaged();
        }

        return true;
    }

    /// <summary>The integers of a repeated field, packed into bytes or one by one.</summary>
    public void AddIntegersTo(List<long> numbers)
    {
        if (IsInteger)
        {
            numbers.Add(Integer);
            return;
        }

        var packed = new ProtobufReader(Bytes);
        while (!packed.rest.IsEmpty)
        {
            numbers.Add((long)packed.Varint());
        }
    }

    /// <summary>The value of a float field.</summary>
    public readonly float Single() => BinaryPrimitives.ReadSingleLittleEndian(Bytes);

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            throw Damaged();
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (rest.IsEmpty)
            {
                break;
            }

            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private static FaceLoupeException Damaged() => new("The ONNX file is damaged: a field ends beyond its message.");
}
