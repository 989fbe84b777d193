namespace FaceLoupe.Imaging.Damage;

/// <summary>A colour component of a JPEG's frame.</summary>
/// <param name="id">How scans name it.</param>
/// <param name="horizontal">Blocks in a row of a unit.</param>
/// <param name="vertical">Rows of blocks in a unit.</param>
/// <param name="quantisation">Number of its table of steps.</param>
internal sealed class FrameComponent(byte id, int horizontal, int vertical, int quantisation)
{
    /// <summary>How scans name it.</summary>
    public byte Id { get; } = id;

    /// <summary>Blocks in a row of a unit.</summary>
    public int Horizontal { get; } = horizontal;

    /// <summary>Rows of blocks in a unit.</summary>
    public int Vertical { get; } = vertical;

    /// <summary>Number of its table of steps.</summary>
    public int Quantisation { get; } = quantisation;

    /// <summary>Blocks a row that hold pixels.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows of blocks that hold pixels.</summary>
    public int Rows { get; private set; }

    /// <summary>Blocks a row, those included that only fill up a unit.</summary>
    public int Stride { get; private set; }

    /// <summary>By block, which coefficients are not zero; empty: not needed.</summary>
    public ulong[] NonZero { get; private set; } = [];

    /// <summary>The mean of the block before, which the next one is relative to.</summary>
    public short Mean { get; set; }

    /// <summary>Lays the blocks out.</summary>
    public void Measure(int columns, int rows, int stride, int allRows, bool progressive)
    {
        (Columns, Rows, Stride) = (columns, rows, stride);
        NonZero = progressive ? new ulong[(long)stride * allRows] : [];
    }
}
