namespace FaceLoupe.Imaging.Damage;

/// <summary>A colour component of a JPEG's frame.</summary>
/// <param name="Id">The identifier that scans use.</param>
/// <param name="Horizontal">Blocks in a row of an MCU.</param>
/// <param name="Vertical">Rows of blocks in an MCU.</param>
/// <param name="Quantisation">Number of its quantisation table.</param>
internal sealed record FrameComponent(byte Id, int Horizontal, int Vertical, int Quantisation)
{
    /// <summary>Blocks per row that hold pixels.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows of blocks that hold pixels.</summary>
    public int Rows { get; private set; }

    /// <summary>Blocks per row, including those that only fill up an MCU.</summary>
    public int Stride { get; private set; }

    /// <summary>By block, which coefficients are not zero; empty: not needed.</summary>
    public ulong[] NonZero { get; private set; } = [];

    /// <summary>DC value of the previous block, which the next one is relative to.</summary>
    public short Mean { get; set; }

    /// <summary>Lays the blocks out.</summary>
    public void Measure(int columns, int rows, int stride, int allRows, bool progressive)
    {
        (Columns, Rows, Stride) = (columns, rows, stride);
        NonZero = progressive ? new ulong[(long)stride * allRows] : [];
    }
}
