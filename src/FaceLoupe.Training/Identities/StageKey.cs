using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FaceLoupe.Training.Identities;

/// <summary>
/// Everything that the result of a piece of work depends on, and its hash: equal work has equal keys and is done once.
/// </summary>
internal sealed class StageKey
{
    private const int ShownDigits = 12;

    /// <param name="stage">What is done: "proposals", "mine", "generator", "gan", "model", "result".</param>
    /// <param name="content">What it depends on; keys of earlier work stand for all that those depend on.</param>
    public StageKey(string stage, JsonObject content)
    {
        Stage = stage;
        Text = content.ToJsonString(Configuration.OptionsJson.Format);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stage}\n{content.ToJsonString()}")));
    }

    public string Stage { get; }

    /// <summary>The content as indented JSON, for people who wonder why two keys differ.</summary>
    public string Text { get; }

    /// <summary>SHA-256, 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Name for the work's folder or file: "gan-0123456789ab".</summary>
    public string Name => $"{Stage}-{Hash[..ShownDigits]}";
}
