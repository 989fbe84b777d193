using System.Text.Json;
using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Models;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Sharding;

/// <summary>
/// What all parts of a run have in common, as <c>run.json</c> in their folder: list, parts, model and options. The
/// first part writes it, the others compare.
/// </summary>
internal static class RunRecord
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "run.json";

    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>Makes a record.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="list">The list.</param>
    /// <param name="shards">How many parts there are.</param>
    /// <param name="format">Format of the results.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">What else determines the results.</param>
    public static JsonObject Of(
        string verb, ShardList list, int shards, string format, ModelManifest model, JsonObject options) => new()
    {
        ["schemaVersion"] = SchemaVersion,
        ["verb"] = verb,
        ["pictures"] = list.Count,
        ["listSha256"] = list.Sha256,
        ["shards"] = shards,
        ["format"] = format,
        ["model"] = $"{model.Name} {model.Version}",
        ["modelSha256"] = new JsonArray(
            model.Proposals.Sha256, model.Generator.Sha256, model.Discriminator.Sha256),
        ["options"] = options,
    };

    /// <summary>Writes the record of a run into its folder, or compares it with the one that is there.</summary>
    /// <exception cref="FaceLoupeException">The folder belongs to another run.</exception>
    public static void Claim(string folder, JsonObject record)
    {
        var path = Path.Join(folder, FileName);
        if (!File.Exists(path))
        {
            AtomicFile.WriteAllTextIfNew(path, JsonReport.Text(record));
        }

        // Two runs may start at once: the record on the disk counts.
        RefuseOther(folder, "--out ", Read(folder), record, "");
    }

    /// <summary>Reads the record of a folder.</summary>
    /// <exception cref="FaceLoupeException">There is none, or it is invalid.</exception>
    public static JsonObject Read(string folder)
    {
        var path = Path.Join(folder, FileName);
        try
        {
            var record = JsonNode.Parse(InputFile.ReadAllText(path), null, s_strict) as JsonObject;
            return record?["schemaVersion"]?.GetValue<int>() == SchemaVersion
                ? record
                : throw new FaceLoupeException(
                    $"{path}: is not a record of a run with --shard that this version can read.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{folder}: is not the folder of a run with --shard: its {FileName} cannot be read "
                + $"({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new FaceLoupeException($"{path}: is not a record of a run with --shard.", fault);
        }
    }

    private static void RefuseOther(string folder, string option, JsonObject before, JsonObject now, string within)
    {
        foreach (var name in before.Select(entry => entry.Key).Union(now.Select(entry => entry.Key)))
        {
            var (was, isNow) = (before[name], now[name]);
            if (was is JsonObject inner && isNow is JsonObject other)
            {
                RefuseOther(folder, option, inner, other, name + ".");
            }
            else if (!JsonNode.DeepEquals(was, isNow))
            {
                throw new FaceLoupeException(
                    $"{option}{folder}: is the folder of a run with {within}{name} {Text(was)}, but this run has "
                        + $"{Text(isNow)}; give another folder, or the same list, parts, model and options.");
            }
        }
    }

    private static string Text(JsonNode? value) =>
        value?.ToJsonString(JsonReport.Format).ReplaceLineEndings(" ") ?? "none";
}
