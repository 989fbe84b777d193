namespace FaceLoupe.Imaging.Damage;

/// <summary>Checks the codes of one scan without decoding pixels.</summary>
/// <param name="components">The components of the scan, each with its tables.</param>
/// <param name="units">Units a row and rows of them, where there are several components.</param>
/// <param name="restart">Units from one restart marker to the next; 0: there are none.</param>
/// <param name="spectrum">First and last coefficient.</param>
/// <param name="bit">Whether coefficients were begun by an earlier scan, and the bit that is refined down to.</param>
/// <param name="progressive">Whether the image comes in several scans.</param>
internal sealed class JpegScanCheck(
    IReadOnlyList<(FrameComponent Component, JpegHuffman? Means, JpegHuffman? Details, int Step)> components,
    (int Columns, int Rows) units,
    int restart,
    (int First, int Last) spectrum,
    (bool Refines, int Low) bit,
    bool progressive)
{
    private const string NoCode = "its code breaks off in a place";
    private const string Cut = "pixels are missing";
    private const int MostBits = 11;

    // What 8-bit pixels can give.
    private const int MostMean = 1_024;

    private int _endRun;

    /// <summary>Reads the scan.</summary>
    /// <param name="data">The file from the scan's first byte on.</param>
    /// <param name="length">Length of the scan, as far as it was read.</param>
    /// <returns>What is damaged; null: nothing.</returns>
    public string? Run(ReadOnlySpan<byte> data, out int length)
    {
        var bits = new JpegBits(data);
        var fault = Read(ref bits);
        length = bits.Position;
        return fault;
    }

    private string? Read(ref JpegBits bits)
    {
        var single = components.Count == 1 ? components[0].Component : null;
        var (columns, rows) = single is null ? units : (single.Columns, single.Rows);
        Reset();
        for (long unit = 0, count = (long)columns * rows; unit < count; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0)
            {
                if (bits.HasBytesLeft)
                {
                    return "there is more between two marks than belongs there";
                }

                if (!bits.TryRestart((int)((unit / restart) - 1)))
                {
                    return "a restart marker is missing";
                }

                Reset();
            }

            var (x, y) = ((int)(unit % columns), (int)(unit / columns));
            for (var i = 0; i < components.Count; i++)
            {
                var component = components[i].Component;
                var (across, down) = single is null ? (component.Horizontal, component.Vertical) : (1, 1);
                for (var block = 0; block < across * down; block++)
                {
                    var at = (((y * down) + (block / across)) * component.Stride) + (x * across) + (block % across);
                    if (!Block(ref bits, i, at))
                    {
                        return bits.IsOverrun ? Cut : NoCode;
                    }
                }
            }

            if (bits.IsOverrun)
            {
                return Cut;
            }
        }

        return _endRun == 0 || !progressive ? Rest(ref bits) : NoCode;
    }

    private static string? Rest(ref JpegBits bits) =>
        bits.HasBytesLeft ? "there are more pixels than its header says" : null;

    private void Reset()
    {
        _endRun = 0;
        foreach (var (component, _, _, _) in components)
        {
            component.Mean = 0;
        }
    }

    private bool Block(ref JpegBits bits, int i, int at)
    {
        var (component, means, details, step) = components[i];
        if (!progressive)
        {
            return Mean(ref bits, component, means!, step, MostBits)
                && Details(ref bits, details!, component, at, 1, 63);
        }

        if (spectrum.First == 0)
        {
            if (bit.Refines)
            {
                bits.Take(1);
                return true;
            }

            return Mean(ref bits, component, means!, step << bit.Low, MostBits);
        }

        return bit.Refines
            ? Refine(ref bits, details!, ref component.NonZero[at])
            : Details(ref bits, details!, component, at, spectrum.First, spectrum.Last);
    }

    private static bool Mean(ref JpegBits bits, FrameComponent component, JpegHuffman table, int step, int most)
    {
        var size = Code(ref bits, table);
        if (size < 0 || size > most)
        {
            return false;
        }

        var value = bits.Take(size);
        var difference = size == 0 || value >> (size - 1) != 0 ? value : value - (1 << size) + 1;
        var mean = component.Mean + difference;
        component.Mean = (short)Math.Clamp(mean, short.MinValue, short.MaxValue);
        return Math.Abs(mean) * (long)step <= MostMean + step;
    }

    private bool Details(
        ref JpegBits bits, JpegHuffman table, FrameComponent component, int at, int first, int last)
    {
        if (_endRun > 0)
        {
            _endRun--;
            return true;
        }

        var found = 0UL;
        for (var k = first; k <= last; k++)
        {
            var code = Code(ref bits, table);
            if (code < 0)
            {
                return false;
            }

            var (run, size) = (code >> 4, code & 15);
            if (size == 0)
            {
                if (run == 15)
                {
                    k += 15;
                    continue;
                }

                _endRun = progressive ? (1 << run) - 1 + bits.Take(run) : 0;
                break;
            }

            k += run;
            if (k > last || size >= MostBits)
            {
                return false;
            }

            bits.Take(size);
            found |= 1UL << k;
        }

        if (progressive)
        {
            component.NonZero[at] |= found;
        }

        return true;
    }

    // Coefficients that are not zero have a bit each, between the codes of those that become so.
    private bool Refine(ref JpegBits bits, JpegHuffman table, ref ulong known)
    {
        var (k, found) = (spectrum.First, 0UL);
        for (; k <= spectrum.Last && _endRun == 0; k++)
        {
            var code = Code(ref bits, table);
            if (code < 0)
            {
                return false;
            }

            var (run, size) = (code >> 4, code & 15);
            if (size > 1)
            {
                return false;
            }

            if (size == 1)
            {
                bits.Take(1);
            }
            else if (run != 15)
            {
                _endRun = (1 << run) + bits.Take(run);
                break;
            }

            for (; k <= spectrum.Last; k++)
            {
                if ((known >> k & 1) != 0)
                {
                    bits.Take(1);
                }
                else if (run-- == 0)
                {
                    break;
                }
            }

            if (size == 1)
            {
                if (k > spectrum.Last)
                {
                    return false;
                }

                found |= 1UL << k;
            }
        }

        if (_endRun > 0)
        {
            for (; k <= spectrum.Last; k++)
            {
                if ((known >> k & 1) != 0)
                {
                    bits.Take(1);
                }
            }

            _endRun--;
        }

        known |= found;
        return true;
    }

    private static int Code(ref JpegBits bits, JpegHuffman table)
    {
        var value = table.Decode(bits.Peek16(), out var length);
        bits.Skip(Math.Min(length, JpegHuffman.MaxLength));
        return value;
    }
}
