using System.Security.Cryptography;
using System.Text;

namespace FaceLoupe.Web.Access;

/// <summary>
/// The accepted API keys. They are kept as hashes, and checking a wrong one takes as long as a right one.
/// </summary>
internal sealed class ApiKeys(ServeOptions options)
{
    private readonly byte[][] _hashes = [.. options.ApiKeys.Select(Hash)];

    /// <summary>Whether callers need a key.</summary>
    public bool AreRequired => _hashes.Length > 0;

    /// <summary>Whether a key is one of ours.</summary>
    public bool Contain(string key)
    {
        // Hashes have one length and all of them are compared, so that the time reveals neither keys nor their number.
        var (hash, found) = (Hash(key), false);
        foreach (var ours in _hashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(hash, ours);
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
