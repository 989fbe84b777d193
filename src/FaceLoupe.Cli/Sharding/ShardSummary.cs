using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Sharding;

/// <summary>
/// How long a part took, in a separate file beside its results, which stay the same however often it was restarted.
/// </summary>
/// <param name="Pictures">Images processed by the last attempt, without those that earlier attempts finished.</param>
/// <param name="Seconds">Time of the last attempt, without loading the model.</param>
internal sealed record ShardSummary(long Pictures, double Seconds)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The summary's file beside a file of results.</summary>
    public static string FileOf(string results) => results + ".summary.json";

    /// <summary>Writes the summary of a file of results.</summary>
    public void Write(string results) =>
        AtomicFile.WriteAllText(FileOf(results), JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads it; null: there is none, as for a part without images.</summary>
    public static ShardSummary? Read(string results)
    {
        try
        {
            return JsonSerializer.Deserialize<ShardSummary>(InputFile.ReadAllText(FileOf(results)), Format);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
