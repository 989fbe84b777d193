namespace FaceLoupe.Imaging.Damage;

/// <summary>Which coefficients of a JPEG its scans have brought, and down to which bit.</summary>
internal sealed class JpegScans
{
    private const int Coefficients = 64;
    private const int NotSent = -1;

    private readonly Dictionary<byte, int[]> _lowestBits = [];

    /// <summary>Whether all coefficients of all components are there to their last bit.</summary>
    public bool AreComplete => _lowestBits.Count > 0 && _lowestBits.Values.All(bits => bits.All(bit => bit == 0));

    /// <summary>Takes in the components of a frame.</summary>
    /// <param name="segment">Content of the segment, its length included.</param>
    public void AddFrame(ReadOnlySpan<byte> segment)
    {
        for (var at = 8; at + 3 <= segment.Length; at += 3)
        {
            var bits = new int[Coefficients];
            Array.Fill(bits, NotSent);
            _lowestBits[segment[at]] = bits;
        }
    }

    /// <summary>Takes in what a scan brings.</summary>
    /// <param name="segment">Content of the scan's header, its length included.</param>
    /// <param name="progressive">Whether it may bring a part of the coefficients.</param>
    public void AddScan(ReadOnlySpan<byte> segment, bool progressive)
    {
        var count = segment.Length > 2 ? segment[2] : 0;
        var end = 3 + (2 * count);
        if (segment.Length < end + 3)
        {
            return;
        }

        var (first, last, bit) = progressive
            ? (segment[end], Math.Min(segment[end + 1], (byte)(Coefficients - 1)), segment[end + 2] & 0xF)
            : (0, Coefficients - 1, 0);
        for (var i = 0; i < count; i++)
        {
            if (_lowestBits.TryGetValue(segment[3 + (2 * i)], out var bits))
            {
                for (int k = first; k <= last; k++)
                {
                    bits[k] = bit;
                }
            }
        }
    }
}
