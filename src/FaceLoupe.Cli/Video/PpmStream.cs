using System.Globalization;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>
/// A sequence of PPM images (P6, 8 bits): raw RGB with its size, which for rotated frames is not known before.
/// </summary>
internal static class PpmStream
{
    /// <summary>Reads to the end of the stream; a truncated image is left out.</summary>
    /// <exception cref="InvalidDataException">The stream has other content.</exception>
    public static IEnumerable<Picture> Read(Stream stream)
    {
        while (Token(stream) is { } magic)
        {
            var (width, height, largest) = (Number(stream), Number(stream), Number(stream));
            if (magic != "P6" || width is null or < 1 || height is null or < 1 || largest != 255
                || 3L * width * height > Array.MaxLength)
            {
                throw new InvalidDataException($"not a frame: '{magic}' {width}x{height}, {largest}");
            }

            var pixels = new byte[3 * width.Value * height.Value];
            if (stream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) < pixels.Length)
            {
                yield break;
            }

            yield return new Picture(width.Value, height.Value, pixels);
        }
    }

    private static int? Number(Stream stream) =>
        int.TryParse(Token(stream), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Up to and including one white space; null at the end.
    private static string? Token(Stream stream)
    {
        Span<char> token = stackalloc char[12];
        for (var length = 0; length < token.Length; length++)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                return length == 0 ? null : token[..length].ToString();
            }

            if (next is ' ' or '\n' or '\r' or '\t')
            {
                return token[..length].ToString();
            }

            token[length] = (char)next;
        }

        return token.ToString();
    }
}
