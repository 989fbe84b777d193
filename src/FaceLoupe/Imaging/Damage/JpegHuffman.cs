namespace FaceLoupe.Imaging.Damage;

/// <summary>A table of JPEG's Huffman codes.</summary>
internal sealed class JpegHuffman
{
    /// <summary>Longest code.</summary>
    public const int MaxLength = 16;

    private const int FastBits = 9;

    // Value and length of the code that a run of bits begins with; 0: it is longer.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly int[] _last = new int[MaxLength + 1];
    private readonly int[] _offset = new int[MaxLength + 1];
    private readonly byte[] _values;

    private JpegHuffman(byte[] values) => _values = values;

    /// <summary>Reads a table; null: invalid.</summary>
    /// <param name="segment">What is left of the segment, after the table's number; moves behind the table.</param>
    public static JpegHuffman? Read(ref ReadOnlySpan<byte> segment)
    {
        if (segment.Length < MaxLength)
        {
            return null;
        }

        var counts = segment[..MaxLength];
        var total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total > 256 || segment.Length < MaxLength + total)
        {
            return null;
        }

        var table = new JpegHuffman(segment.Slice(MaxLength, total).ToArray());
        segment = segment[(MaxLength + total)..];
        return table.Fill(counts) ? table : null;
    }

    /// <summary>The next code's value and length; -1: there is no such code.</summary>
    /// <param name="bits">The next 16 bits.</param>
    /// <param name="length">The code's length.</param>
    public int Decode(int bits, out int length)
    {
        var fast = _fast[bits >> (MaxLength - FastBits)];
        if (fast != 0)
        {
            length = fast >> 8;
            return fast & 0xFF;
        }

        for (length = FastBits + 1; length <= MaxLength; length++)
        {
            var code = bits >> (MaxLength - length);
            if (code <= _last[length])
            {
                return _values[_offset[length] + code];
            }
        }

        return -1;
    }

    private bool Fill(ReadOnlySpan<byte> counts)
    {
        var (code, value) = (0, 0);
        for (var length = 1; length <= MaxLength; length++, code <<= 1)
        {
            _offset[length] = value - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, value++)
            {
                if (code >= 1 << length)
                {
                    return false;
                }

                if (length <= FastBits)
                {
                    var first = code << (FastBits - length);
                    Array.Fill(_fast, (ushort)((length << 8) | _values[value]), first, 1 << (FastBits - length));
                }
            }

            _last[length] = counts[length - 1] == 0 ? -1 : code - 1;
        }

        return true;
    }
}
