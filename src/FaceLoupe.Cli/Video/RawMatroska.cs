using System.Buffers.Binary;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>
/// Raw frames with their times, in Matroska, which ffmpeg reads from a pipe without assuming a constant rate. Times are
/// in millionths of a second.
/// </summary>
internal sealed class RawMatroska
{
    // Players drop one of two frames with the same time.
    private const long Apart = 1000;

    private readonly Stream _stream;
    private long _last = -Apart;

    /// <summary>Begins a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="width">Width of the frames, in pixels.</param>
    /// <param name="height">Height of the frames, in pixels.</param>
    public RawMatroska(Stream stream, int width, int height)
    {
        _stream = stream;
        _stream.Write(
        [
            .. Element(0x1A45DFA3,
            [
                .. Element(0x4282, "matroska"u8), .. Number(0x4286, 1), .. Number(0x42F7, 1), .. Number(0x42F2, 4),
                .. Number(0x42F3, 8), .. Number(0x4287, 4), .. Number(0x4285, 2),
            ]),

            // A segment of unknown length.
            .. Id(0x18538067), 0x01, .. Enumerable.Repeat((byte)0xFF, 7),
            .. Element(0x1549A966, Number(0x2AD7B1, 1000)),
            .. Element(0x1654AE6B, Element(0xAE,
            [
                .. Number(0xD7, 1), .. Number(0x73C5, 1), .. Number(0x83, 1), .. Number(0x9C, 0),
                .. Element(0x86, "V_UNCOMPRESSED"u8),
                .. Element(0xE0,
                [
                    .. Number(0xB0, width), .. Number(0xBA, height), .. Element(0x2EB524, [.. "RGB"u8, 24]),
                ]),
            ])),
        ]);
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="seconds">
    /// Time since the first frame; if it is not larger than before, a thousandth is added to the previous one.
    /// </param>
    public void Write(Picture frame, double seconds)
    {
        _last = Math.Max(_last + Apart, (long)Math.Round(seconds * 1e6));
        ReadOnlySpan<byte> block = [0x81, 0, 0, 0x80];
        var time = Number(0xE7, _last);
        var head = (byte[])[.. Id(0xA3), .. Length(block.Length + frame.Pixels.Length), .. block];
        var cluster = time.Length + head.Length + frame.Pixels.Length;
        _stream.Write([.. Id(0x1F43B675), .. Length(cluster), .. time, .. head]);
        _stream.Write(frame.Pixels);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> content) =>
        [.. Id(id), .. Length(content.Length), .. content];

    private static byte[] Number(uint id, long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return Element(id, bytes);
    }

    private static byte[] Id(uint id)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        return [.. bytes.SkipWhile(part => part == 0)];
    }

    // Eight bytes, marked as such.
    private static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length | (1L << 56));
        return bytes;
    }
}
