using System.Buffers.Binary;
using System.Text;

namespace FaceLoupe.Evaluation.Matlab;

/// <summary>How the bytes of a data element are stored (the types "mi..." of the format's description).</summary>
internal enum MatlabType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Int64 = 12,
    UInt64 = 13,
    Matrix = 14,
    Compressed = 15,
    Utf8 = 16,
    Utf16 = 17,
    Utf32 = 18,
}

/// <summary>A data element: a type and its bytes, little-endian.</summary>
internal readonly record struct MatlabElement(MatlabType Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>The numbers of a numeric element.</summary>
    public double[] ToNumbers()
    {
        var size = SizeOf(Type);
        if (Data.Length % size != 0)
        {
            throw new InvalidDataException($"{Data.Length} bytes are not a whole number of {Type}");
        }

        var numbers = new double[Data.Length / size];
        var span = Data.Span;
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(span[(i * size)..]);
        }

        return numbers;
    }

    /// <summary>The characters of a text element.</summary>
    public string ToText() => Type switch
    {
        MatlabType.Int8 or MatlabType.UInt8 => Encoding.Latin1.GetString(Data.Span),
        MatlabType.UInt16 or MatlabType.Utf16 => Encoding.Unicode.GetString(Data.Span),
        MatlabType.Utf8 => Encoding.UTF8.GetString(Data.Span),
        MatlabType.Utf32 => Encoding.UTF32.GetString(Data.Span),
        _ => throw new InvalidDataException($"text stored as {Type}"),
    };

    private double Number(ReadOnlySpan<byte> bytes) => Type switch
    {
        MatlabType.Int8 => (sbyte)bytes[0],
        MatlabType.UInt8 => bytes[0],
        MatlabType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        MatlabType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        MatlabType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        MatlabType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        MatlabType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        MatlabType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        MatlabType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static int SizeOf(MatlabType type) => type switch
    {
        MatlabType.Int8 or MatlabType.UInt8 => 1,
        MatlabType.Int16 or MatlabType.UInt16 => 2,
        MatlabType.Int32 or MatlabType.UInt32 or MatlabType.Single => 4,
        MatlabType.Double or MatlabType.Int64 or MatlabType.UInt64 => 8,
        _ => throw new InvalidDataException($"numbers stored as {type}"),
    };
}
