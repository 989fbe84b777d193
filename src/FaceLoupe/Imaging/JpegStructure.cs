using System.Buffers.Binary;
using FaceLoupe.Imaging.Damage;

namespace FaceLoupe.Imaging;

/// <summary>
/// Checks whether a JPEG is complete. For progressive ones the decoder does not report it: from the scans that arrived
/// it makes a blurred image, in which small faces are gone.
/// </summary>
internal static class JpegStructure
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte BaselineFrame = 0xC0;
    private const byte ExtendedFrame = 0xC1;
    private const byte ProgressiveFrame = 0xC2;
    private const byte FirstArithmeticFrame = 0xC9;
    private const byte LastArithmeticFrame = 0xCF;
    private const byte ArithmeticTable = 0xCC;

    // From this size on, decoding missing pixels takes minutes; smaller images are decoded as far as they go.
    private const long ManyPixels = 10_000_000;

    // Every block of 8x8 px has a code for its mean, of at least one bit.
    private const long MostPixelsPerByte = 8 * 8 * 8;

    /// <summary>True for a large JPEG with fewer bytes than its blocks need: most of it is missing.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="pixels">The pixels that its header claims.</param>
    public static bool MustBeCutShort(ReadOnlySpan<byte> bytes, long pixels) =>
        pixels > ManyPixels && bytes.Length < pixels / MostPixelsPerByte && !IsArithmetic(bytes);

    /// <summary>True for a progressive JPEG whose end marker is missing.</summary>
    public static bool IsProgressiveAndCutShort(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return false;
        }

        var progressive = false;
        for (var rest = bytes[2..]; TryNextMarker(ref rest, out var marker);)
        {
            if (marker == EndOfImage)
            {
                return false;
            }

            progressive |= marker == ProgressiveFrame;
            if (marker == StartOfScan && !progressive)
            {
                return false; // Baseline: the decoder itself reports missing data.
            }

            if (!TrySkipSegment(ref rest, out _))
            {
                break;
            }
        }

        return progressive;
    }

    /// <summary>
    /// True for a JPEG without an end marker that has all of its scans, the last of them begun: nothing is missing but
    /// perhaps some of that scan.
    /// </summary>
    public static bool EndsInItsLastScan(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return false;
        }

        var scans = new JpegScans();
        bool progressive = false, inScan = false;
        for (var rest = bytes[2..]; TryNextMarker(ref rest, out var marker);)
        {
            if (marker == EndOfImage || !TrySkipSegment(ref rest, out var segment))
            {
                return false;
            }

            inScan = marker == StartOfScan;
            if (inScan)
            {
                scans.AddScan(segment, progressive);
            }
            else if (marker is BaselineFrame or ExtendedFrame or ProgressiveFrame)
            {
                progressive = marker == ProgressiveFrame;
                scans.AddFrame(segment);
            }
        }

        return inScan && scans.AreComplete;
    }

    // There a code may be shorter than a bit.
    private static bool IsArithmetic(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes[2..]; TryNextMarker(ref rest, out var marker) && marker != StartOfScan;)
        {
            if (marker is >= FirstArithmeticFrame and <= LastArithmeticFrame and not ArithmeticTable)
            {
                return true;
            }

            if (!TrySkipSegment(ref rest, out _))
            {
                break;
            }
        }

        return false;
    }

    /// <summary>Skips a segment, whose content may hold other markers: a thumbnail's.</summary>
    /// <param name="rest">What follows the marker; afterwards, what follows the segment.</param>
    /// <param name="segment">The segment, which begins with its length of two bytes.</param>
    public static bool TrySkipSegment(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> segment)
    {
        var length = rest.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length > rest.Length)
        {
            segment = default;
            return false;
        }

        segment = rest[..length];
        rest = rest[length..];
        return true;
    }

    /// <summary>
    /// Goes to the next marker, past entropy-coded bytes too: there an FF is followed by 00 or by a restart marker (D0
    /// to D7).
    /// </summary>
    /// <param name="rest">The bytes; afterwards, what follows the marker.</param>
    /// <param name="marker">Its second byte.</param>
    public static bool TryNextMarker(ref ReadOnlySpan<byte> rest, out byte marker)
    {
        for (var at = rest.IndexOf((byte)0xFF); at >= 0 && at + 1 < rest.Length; at = rest.IndexOf((byte)0xFF))
        {
            marker = rest[at + 1];
            if (marker == 0xFF)
            {
                rest = rest[(at + 1)..]; // Padding.
                continue;
            }

            rest = rest[(at + 2)..];
            if (marker is not 0x00 and not 0x01 and not (>= 0xD0 and <= 0xD7))
            {
                return true;
            }
        }

        marker = 0;
        return false;
    }
}
