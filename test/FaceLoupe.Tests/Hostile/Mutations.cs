namespace FaceLoupe.Tests.Hostile;

/// <summary>
/// Changes files as a fuzzer does, the same for the same seed: bits, bytes, numbers at the edges, pieces that go, come
/// twice, or come from elsewhere.
/// </summary>
internal sealed class Mutations(int seed)
{
    private static readonly byte[][] Edges =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0x7F], [0, 0], [0xFF, 0xD9],
        .. Texts("-1", "0", "1e39", "NaN", "-Infinity", "99999999999999999999", "null", "[", "{", "\"", "\n"),
    ];

    private readonly Random _random = new(seed);

    /// <summary>A changed copy.</summary>
    /// <param name="file">The file.</param>
    /// <param name="other">Where pieces from elsewhere come from.</param>
    public byte[] Change(byte[] file, byte[] other)
    {
        var bytes = new List<byte>(file);
        for (var changes = 1 << _random.Next(5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = _random.Next(bytes.Count);
            var length = Math.Min(1 + _random.Next(_random.Next(2) == 0 ? 4 : 200), bytes.Count - at);
            switch (_random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    Put(bytes, at, Edges[_random.Next(Edges.Length)], replace: true);
                    break;
                case 3:
                    Put(bytes, at, Edges[_random.Next(Edges.Length)], replace: false);
                    break;
                case 4:
                    bytes.RemoveRange(at, length);
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 6 when other.Length > 0:
                    var from = _random.Next(other.Length);
                    Put(bytes, at, other[from..Math.Min(other.Length, from + length)], replace: _random.Next(2) == 0);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Changes one file of a corpus.</summary>
    public byte[] Change(IReadOnlyList<byte[]> corpus) =>
        Change(corpus[_random.Next(corpus.Count)], corpus[_random.Next(corpus.Count)]);

    private static void Put(List<byte> bytes, int at, byte[] piece, bool replace)
    {
        if (replace)
        {
            bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        }

        bytes.InsertRange(at, piece);
    }

    private static IEnumerable<byte[]> Texts(params string[] texts) =>
        texts.Select(text => System.Text.Encoding.UTF8.GetBytes(text));
}
