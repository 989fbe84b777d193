using System.Runtime.CompilerServices;

namespace FaceLoupe.Imaging.Damage;

/// <summary>The bits of a JPEG's scan up to the next marker; beyond it come zeros, which are counted.</summary>
/// <param name="data">The file from the scan's first byte on.</param>
internal ref struct JpegBits(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _buffer;
    private int _count;
    private int _invented;

    /// <summary>Where the next byte is read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether more bits were taken than there are.</summary>
    public readonly bool IsOverrun => _count < _invented;

    /// <summary>Whether whole bytes are left before the marker, or there is none.</summary>
    public bool HasBytesLeft
    {
        get
        {
            Fill();
            return _count - _invented >= 8;
        }
    }

    /// <summary>The next bits, which stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek16()
    {
        if (_count < 16)
        {
            Fill();
        }

        return (int)(_buffer >> (_count - 16)) & 0xFFFF;
    }

    /// <summary>Consumes bits that were peeked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits) => _count -= bits;

    /// <summary>Takes up to 16 bits.</summary>
    public int Take(int bits)
    {
        if (bits == 0)
        {
            return 0;
        }

        var value = Peek16() >> (16 - bits);
        _count -= bits;
        return value;
    }

    /// <summary>Continues behind a restart marker, if the expected one comes next.</summary>
    public bool TryRestart(int number)
    {
        (_buffer, _count, _invented) = (0, 0, 0);
        var at = Position;
        while (at + 1 < _data.Length && _data[at] == 0xFF && _data[at + 1] == 0xFF)
        {
            at++;
        }

        if (at + 1 >= _data.Length || _data[at] != 0xFF || _data[at + 1] != 0xD0 + (number & 7))
        {
            return false;
        }

        Position = at + 2;
        return true;
    }

    private void Fill()
    {
        while (_count <= 48)
        {
            var value = 0;
            if (Position < _data.Length && _data[Position] != 0xFF)
            {
                value = _data[Position++];
            }
            else if (Position + 1 < _data.Length && _data[Position + 1] == 0)
            {
                value = 0xFF;
                Position += 2;
            }
            else
            {
                _invented += 8;
            }

            _buffer = (_buffer << 8) | (byte)value;
            _count += 8;
        }
    }
}
