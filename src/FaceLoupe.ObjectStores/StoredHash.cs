using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FaceLoupe.ObjectStores;

/// <summary>
/// The hash by which stores tell what they have. It finds accidents, and nobody relies on it against an attacker.
/// </summary>
internal static class StoredHash
{
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's own; against accidents only.")]
    public static byte[] Of(byte[] content) => MD5.HashData(content);
}
