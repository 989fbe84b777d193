using System.Buffers.Binary;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// What a JPEG file says before its first scan: the steps of its coefficients, and its colour profile.
/// </summary>
/// <param name="Steps">The tables by their numbers, row by row of a block; null: not there.</param>
/// <param name="Profile">Contents of the segments that hold the ICC profile, in order.</param>
/// <param name="IsProgressive">Whether it comes sharper and sharper.</param>
/// <param name="HasRestarts">Whether it names a restart interval, before its first scan or later.</param>
internal sealed record JpegSegments(
    int[]?[] Steps, IReadOnlyList<byte[]> Profile, bool IsProgressive, bool HasRestarts)
{
    private const int Tables = 0xDB;
    private const int Scan = 0xDA;
    private const int Progressive = 0xC2;

    // A marker within the codes is a restart, or the start of what follows a scan.
    private static readonly byte[] s_restartInterval = [0xFF, 0xDD, 0, 4];

    // In the order in which JPEG stores the waves of a block.
    private static readonly int[] s_zigzag = Zigzag();

    /// <summary>Reads a file in memory; one that is no sound JPEG says nothing.</summary>
    public static JpegSegments Read(ReadOnlySpan<byte> file)
    {
        var (steps, profile, progressive) = (new int[]?[4], new List<byte[]>(), false);
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            var kind = file[at + 1];
            if (kind == 0xFF)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (kind == Scan || length < 2 || at + 2 + length > file.Length)
            {
                break;
            }

            var content = file.Slice(at + 4, length - 2);
            if (kind == Tables)
            {
                ReadTables(content, steps);
            }
            else if (kind == 0xE2 && content.StartsWith("ICC_PROFILE\0"u8))
            {
                profile.Add(content.ToArray());
            }

            progressive |= kind == Progressive;
            at += 2 + length;
        }

        return new JpegSegments(steps, profile, progressive, file.IndexOf(s_restartInterval) >= 0);
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
