using System.Text.Json;
using System.Text.Json.Nodes;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;

namespace FaceLoupe.Training.Ablations;

/// <summary>Models and figures of rows, stored by their keys.</summary>
/// <param name="root">Folder of the ablations.</param>
/// <param name="evaluation">Identity of the evaluation images.</param>
internal sealed class ResultStore(string root, string evaluation)
{
    private const string BandsSuffix = ".judged";

    // Raised when the evaluation changes.
    private const int Recipe = 2;

    /// <summary>The model's folder, relative to the root.</summary>
    public static string ModelOf(RowPlan plan) => Path.Combine(RowPlan.SharedFolder, ModelKey(plan).Name);

    /// <summary>The stored figures of a row; null: none.</summary>
    public RowFigures? Find(RowPlan plan)
    {
        var path = PathOf(plan);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<RowFigures>(File.ReadAllText(path), OptionsJson.Format)! with
                {
                    Bands = new(() => ReadBands(path + BandsSuffix)),
                }
                : null;
        }
        catch (JsonException)
        {
            return null; // Of another version: evaluate again.
        }
    }

    /// <summary>Keeps figures.</summary>
    public void Keep(RowPlan plan, RowFigures figures)
    {
        var path = PathOf(plan);
        AtomicFile.Write(path + BandsSuffix, stream => EvaluatedBand.Write(stream, figures.Bands.Value));
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(figures, OptionsJson.Format) + "\n");
    }

    private static IReadOnlyList<EvaluatedBand> ReadBands(string path)
    {
        using var stream = File.OpenRead(path);
        using var buffered = new BufferedStream(stream, 1 << 16);
        return EvaluatedBand.Read(buffered);
    }

    private string PathOf(RowPlan plan) =>
        Path.Combine(root, RowPlan.SharedFolder, new StageKey("result", new JsonObject
    {
        ["recipe"] = Recipe,
        ["model"] = ModelKey(plan).Hash,
        ["stages"] = plan.Row.Stages.ToString(),
        ["recorded"] = plan.Row.Recorded ? plan.Config.Ablation.RecordedScores.ToString() : null,
        ["regions"] = plan.Config.Gan.ValidationRegions,
        ["alone"] = plan.Config.Ablation.DiscriminatorAlone,
        ["evaluation"] = evaluation,
    }).Name + ".json");

    private static StageKey ModelKey(RowPlan plan)
    {
        var regions = plan.Config.Regions;
        var made = new JsonObject
        {
            ["trained"] = plan.Trained.Hash,
            ["contextFactor"] = regions.ContextFactor,
            ["export"] = StageKeys.Influential(plan.Config.Export),
        };
        if (regions.ContextBySize is { } bySize)
        {
            made["contextBySize"] = StageKeys.Influential(bySize);
        }

        return new StageKey("model", made);
    }
}
