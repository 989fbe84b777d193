using System.Buffers.Binary;
using System.IO.Compression;

namespace FaceLoupe.Evaluation.Matlab;

/// <summary>Walks through data elements that lie one after the other.</summary>
internal ref struct MatlabElements(ReadOnlyMemory<byte> bytes)
{
    /// <summary>Maximum size of an unpacked element, in bytes: a small file must not fill the memory.</summary>
    private const int LargestUnfolded = 1 << 30;

    private int _at;

    /// <summary>Whether all elements have been read.</summary>
    public readonly bool AtEnd => _at >= bytes.Length;

    /// <summary>Reads the next element.</summary>
    /// <exception cref="InvalidDataException">The bytes end too early.</exception>
    public MatlabElement Next()
    {
        var tag = ReadUInt32();

        // A small element: its size and up to four bytes share the tag.
        if (tag >> 16 is > 0 and var size)
        {
            var small = Slice(
                (int)size > 4 ? throw new InvalidDataException("a small element of more than 4 bytes") : (int)size);
            _at += 4;
            return new MatlabElement((MatlabType)(tag & 0xFFFF), small);
        }

        var length = ReadUInt32();
        var data = Slice(
            length > int.MaxValue ? throw new InvalidDataException("an element of more than 2 GiB") : (int)length);

        // All but compressed elements are filled up to whole words of eight bytes; the last filling may be missing.
        var type = (MatlabType)tag;
        var stride = type == MatlabType.Compressed ? data.Length
            : (int)Math.Min(((long)data.Length + 7) & ~7L, bytes.Length - _at);
        _at += stride;
        return new MatlabElement(type, data);
    }

    /// <summary>Reads the next element, which must be of the given type.</summary>
    public MatlabElement Next(MatlabType type) => Next() is var element && element.Type == type
        ? element
        : throw new InvalidDataException($"an element of type {element.Type} where {type} is expected");

    /// <summary>The bytes of a compressed element as they were before.</summary>
    public static ReadOnlyMemory<byte> Unfold(in MatlabElement compressed)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed.Data.ToArray()), CompressionMode.Decompress);
        using var unfolded = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = zlib.Read(buffer)) > 0;)
        {
            unfolded.Write(buffer.AsSpan(0, read));
            if (unfolded.Length > LargestUnfolded)
            {
                throw new InvalidDataException("a compressed element of more than 1 GiB");
            }
        }

        return unfolded.GetBuffer().AsMemory(0, (int)unfolded.Length);
    }

    private uint ReadUInt32()
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(Slice(4).Span);
        _at += 4;
        return value;
    }

    private readonly ReadOnlyMemory<byte> Slice(int length) => length <= bytes.Length - _at
        ? bytes.Slice(_at, length)
        : throw new InvalidDataException($"the data ends {length - (bytes.Length - _at)} bytes too early");
}
