using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FaceLoupe.ObjectStores;

/// <summary>
/// The checksum that stores report for an object. It detects accidents; it is no protection against an attacker.
/// </summary>
internal static class StoredHash
{
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's own; against accidents only.")]
    public static byte[] Of(byte[] content) => MD5.HashData(content);
}
