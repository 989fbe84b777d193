using System.Buffers.Binary;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// The headers of a JPEG file before its first scan: quantisation tables and colour profile.
/// </summary>
/// <param name="Steps">The tables by number, row by row of a block; null: missing.</param>
/// <param name="Profile">Contents of the segments that hold the ICC profile, in order.</param>
/// <param name="IsProgressive">Whether the file is progressive.</param>
/// <param name="HasRestarts">Whether it has a restart interval, before its first scan or later.</param>
internal sealed record JpegSegments(
    int[]?[] Steps, IReadOnlyList<byte[]> Profile, bool IsProgressive, bool HasRestarts)
{
    private const byte Tables = 0xDB;
    private const byte Scan = 0xDA;
    private const byte Progressive = 0xC2;
    private const byte RestartInterval = 0xDD;
    private const byte Profiles = 0xE2;
    private const byte End = 0xD9;

    // The order in which JPEG stores the coefficients of a block.
    private static readonly int[] s_zigzag = Zigzag();

    /// <summary>Reads a file in memory; for an invalid JPEG, the result is empty.</summary>
    public static JpegSegments Read(ReadOnlySpan<byte> file)
    {
        var (steps, profile) = (new int[]?[4], new List<byte[]>());
        var (progressive, restarts, scanned) = (false, false, false);
        for (var rest = file[Math.Min(2, file.Length)..]; JpegStructure.TryNextMarker(ref rest, out var marker);)
        {
            if (marker == End || !JpegStructure.TrySkipSegment(ref rest, out var segment) || segment.Length < 2)
            {
                break;
            }

            var content = segment[2..];
            scanned |= marker == Scan;
            progressive |= marker == Progressive;
            restarts |= marker == RestartInterval; // Between scans too.
            if (marker == Tables && !scanned)
            {
                ReadTables(content, steps);
            }
            else if (marker == Profiles && !scanned && content.StartsWith("ICC_PROFILE\0"u8))
            {
                profile.Add(content.ToArray());
            }
        }

        return new JpegSegments(steps, profile, progressive, restarts);
    }

    private static void ReadTables(ReadOnlySpan<byte> content, int[]?[] steps)
    {
        while (content.Length > 0)
        {
            var (wide, number) = (content[0] >> 4 != 0, content[0] & 3);
            content = content[1..];
            var size = wide ? 2 : 1;
            if (content.Length < 64 * size)
            {
                return;
            }

            var table = new int[64];
            for (var i = 0; i < 64; i++)
            {
                table[s_zigzag[i]] = wide ? BinaryPrimitives.ReadUInt16BigEndian(content[(2 * i)..]) : content[i];
            }

            steps[number] = table;
            content = content[(64 * size)..];
        }
    }

    private static int[] Zigzag()
    {
        var order = new List<int>(64);
        for (var sum = 0; sum < 15; sum++)
        {
            for (var i = 0; i <= sum; i++)
            {
                var (row, column) = sum % 2 == 0 ? (sum - i, i) : (i, sum - i);
                if (row < 8 && column < 8)
                {
                    order.Add((row * 8) + column);
                }
            }
        }

        return [.. order];
    }
}
