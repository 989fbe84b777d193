using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FaceLoupe.Training.Identities;

/// <summary>Everything that a result depends on, and its hash: equal work has equal keys and is done once.</summary>
internal sealed class StageKey
{
    private const int ShownDigits = 12;

    /// <param name="stage">The work: "proposals", "mine", "generator", "gan", "model", "result".</param>
    /// <param name="content">What the result depends on, with keys of earlier work.</param>
    public StageKey(string stage, JsonObject content)
    {
        Stage = stage;
        Text = content.ToJsonString(Configuration.OptionsJson.Format);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stage}\n{content.ToJsonString()}")));
    }

    public string Stage { get; }

    /// <summary>The content as indented JSON, to compare keys by eye.</summary>
    public string Text { get; }

    /// <summary>SHA-256, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Name of the folder or file: "gan-0123456789ab".</summary>
    public string Name => $"{Stage}-{Hash[..ShownDigits]}";
}
