using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Laplace noise, as of DP-Pix (Fan 2018), seeded by the pixels under the mask. Without them it cannot be removed, and
/// the same face in the same image always gets the same noise, so that averaging many masked copies reveals nothing.
/// </summary>
internal sealed class MosaicNoise
{
    private readonly byte[] _key;
    private readonly double _scale;
    private long _drawn;

    /// <summary>Begins the noise of one mask.</summary>
    /// <param name="picture">The image before it is masked there.</param>
    /// <param name="area">The mask.</param>
    /// <param name="scale">Scale of the light's distribution, in steps of 8 bits.</param>
    public MosaicNoise(Picture picture, in MaskArea area, double scale)
    {
        _scale = scale;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes([area.Outline]));
        for (var y = area.Top; y < area.Bottom; y++)
        {
            hash.AppendData(picture.Pixels.AsSpan(picture.OffsetOf(area.Left, y), 3 * area.Width));
        }

        _key = hash.GetHashAndReset();
    }

    /// <summary>
    /// Noise that all three colours of a cell share: in a grey image, averaging them would otherwise remove a part of
    /// it.
    /// </summary>
    public double Light() => Draw(_scale);

    /// <summary>The noise of a single colour.</summary>
    public double Tint() => Draw(_scale / 3);

    private double Draw(double scale)
    {
        Span<byte> input = stackalloc byte[_key.Length + sizeof(long)];
        Span<byte> output = stackalloc byte[SHA256.HashSizeInBytes];
        _key.CopyTo(input);
        BinaryPrimitives.WriteInt64LittleEndian(input[_key.Length..], _drawn++);
        SHA256.HashData(input, output);

        // From -0.5 to 0.5, neither end included.
        var even = (((BinaryPrimitives.ReadUInt64LittleEndian(output) >> 11) + 0.5) / (1L << 53)) - 0.5;
        return -scale * Math.Sign(even) * Math.Log(1 - (2 * Math.Abs(even)));
    }
}
