using System.Security.Cryptography;
using System.Text;

namespace FaceLoupe.Cli.Sharding;

/// <summary>Hash of lines in order: of a list, or of the inputs in results.</summary>
internal sealed class LinesHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Number of lines so far.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        Count++;
    }

    /// <summary>The hash of all lines.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
