using System.Buffers.Binary;

namespace FaceLoupe.Imaging.Damage;

/// <summary>
/// Checks the Huffman codes of a JPEG, which decoders repair silently if they are broken. Images with other codes
/// (arithmetic, lossless) are not checked.
/// </summary>
internal sealed class JpegDamage
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const int DefaultStep = 1;

    private readonly JpegHuffman?[] _means = new JpegHuffman?[4];
    private readonly JpegHuffman?[] _details = new JpegHuffman?[4];
    private readonly int[] _steps = [DefaultStep, DefaultStep, DefaultStep, DefaultStep];
    private readonly List<FrameComponent> _components = [];
    private readonly JpegScans _scans = new();
    private (int Columns, int Rows) _units;
    private int _restart;
    private bool _progressive;
    private bool _readable = true;

    private JpegDamage()
    {
    }

    /// <summary>The damage; null: none is visible.</summary>
    /// <param name="file">The content of the file.</param>
    public static string? Of(ReadOnlySpan<byte> file) => new JpegDamage().Read(file);

    private string? Read(ReadOnlySpan<byte> file)
    {
        var (at, scanned) = (2, false);
        while (_readable)
        {
            var start = file[at..].IndexOf((byte)0xFF);
            at += start;
            while (start >= 0 && at + 1 < file.Length && file[at + 1] == 0xFF)
            {
                at++;
            }

            if (start < 0 || at + 1 >= file.Length)
            {
                // Nothing but the end marker may be missing.
                return scanned && _scans.AreComplete ? null : "its end is missing";
            }

            var marker = file[at + 1];
            at += 2;
            if (marker == EndOfImage)
            {
                return !scanned
                    ? "it holds no pixels" : _scans.AreComplete ? null : "the last of its scans are missing";
            }

            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                if (scanned && marker != 0x01)
                {
                    return "there are more pixels than its header says";
                }

                continue;
            }

            var length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
            if (length < 2 || at + length > file.Length)
            {
                return "a segment is longer than the file";
            }

            var segment = file.Slice(at, length);
            at += length;
            if (marker != StartOfScan)
            {
                if (!Take(marker, segment[2..], segment))
                {
                    return "a table of codes is broken";
                }

                continue;
            }

            _scans.AddScan(segment, _progressive);
            if (Scan(segment[2..]) is not { } scan)
            {
                return _readable ? "a scan's header is broken" : null;
            }

            if (scan.Run(file[at..], out var read) is { } fault)
            {
                return fault;
            }

            at += read;
            scanned = true;
        }

        return null;
    }

    private bool Take(byte marker, ReadOnlySpan<byte> content, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xC4:
                return TakeCodes(content);
            case 0xDB:
                TakeSteps(content);
                return true;
            case 0xDD when content.Length >= 2:
                _restart = BinaryPrimitives.ReadUInt16BigEndian(content);
                return true;
            case 0xC0 or 0xC1 or 0xC2:
                _progressive = marker == 0xC2;
                _scans.AddFrame(segment);
                _readable = TakeFrame(content);
                return true;
            case >= 0xC3 and <= 0xCF:
                _readable = false;
                return true;
            default:
                return true;
        }
    }

    private bool TakeCodes(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var number = content[0];
            content = content[1..];
            if ((number & 0xF) > 3 || number > 0x1F || JpegHuffman.Read(ref content) is not { } table)
            {
                return false;
            }

            (number < 0x10 ? _means : _details)[number & 0xF] = table;
        }

        return true;
    }

    private void TakeSteps(ReadOnlySpan<byte> content)
    {
        while (content.Length >= 65)
        {
            var wide = content[0] >> 4 != 0;
            if (wide && content.Length < 129)
            {
                return;
            }

            _steps[content[0] & 3] = wide ? BinaryPrimitives.ReadUInt16BigEndian(content[1..]) : content[1];
            content = content[(wide ? 129 : 65)..];
        }
    }

    private bool TakeFrame(ReadOnlySpan<byte> content)
    {
        // Photographs have no second frame; a height given after the first scan is not supported.
        if (_components.Count > 0 || content.Length < 6 || content[0] != 8 || content.Length < 6 + (3 * content[5]))
        {
            return false;
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        for (var i = 0; i < content[5]; i++)
        {
            var entry = content.Slice(6 + (3 * i), 3);
            _components.Add(new FrameComponent(entry[0], entry[1] >> 4, entry[1] & 0xF, entry[2] & 3));
        }

        if (width == 0 || height == 0 || _components.Count == 0
            || _components.Exists(one => one.Horizontal is < 1 or > 4 || one.Vertical is < 1 or > 4))
        {
            return false;
        }

        var (across, down) = (_components.Max(one => one.Horizontal), _components.Max(one => one.Vertical));
        _units = (Up(width, 8 * across), Up(height, 8 * down));
        foreach (var one in _components)
        {
            one.Measure(
                Up(Up(width * one.Horizontal, across), 8),
                Up(Up(height * one.Vertical, down), 8),
                _units.Columns * one.Horizontal,
                _units.Rows * one.Vertical,
                _progressive);
        }

        return true;
    }

    // Null: a table is missing, or the scan names a component that does not exist.
    private JpegScanCheck? Scan(ReadOnlySpan<byte> content)
    {
        var count = content.IsEmpty ? 0 : content[0];
        if (count is < 1 or > 4 || content.Length < 4 + (2 * count) || _components.Count == 0)
        {
            return null;
        }

        var tail = content[(1 + (2 * count))..];
        var spectrum = _progressive ? (First: tail[0], Last: tail[1]) : (First: (byte)0, Last: (byte)63);
        var refines = _progressive && tail[2] >> 4 != 0;
        if (spectrum.First > spectrum.Last || spectrum.Last > 63 || (_progressive && spectrum.First > 0 && count > 1))
        {
            return null;
        }

        var parts = new List<(FrameComponent, JpegHuffman?, JpegHuffman?, int)>();
        for (var i = 0; i < count; i++)
        {
            var (id, tables) = (content[1 + (2 * i)], content[2 + (2 * i)]);
            var component = _components.Find(one => one.Id == id);
            var (means, details) = (_means[(tables >> 4) & 3], _details[tables & 3]);
            if (component is null
                || (means is null && spectrum.First == 0 && !refines)
                || (details is null && (!_progressive || spectrum.First > 0)))
            {
                return null;
            }

            parts.Add((component, means, details, _steps[component.Quantisation]));
        }

        return new JpegScanCheck(
            parts, _units, _restart, (spectrum.First, spectrum.Last), (refines, tail[2] & 0xF), _progressive);
    }

    private static int Up(int value, int by) => (value + by - 1) / by;
}
