using System.Text.Json;
using System.Text.Json.Nodes;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;

namespace FaceLoupe.Training.Ablations;

/// <summary>Models and figures of rows, kept by what they are a function of.</summary>
/// <param name="root">Folder of the ablations.</param>
/// <param name="evaluation">Identity of the images that are measured on.</param>
internal sealed class ResultStore(string root, string evaluation)
{
    private const string EvaluatedSuffix = ".judged";

    // Raised when the rules of measuring change.
    private const int Recipe = 2;

    /// <summary>The model's folder, relative to the root.</summary>
    public static string ModelOf(RowPlan plan) => Path.Combine(RowPlan.SharedFolder, ModelKey(plan).Name);

    /// <summary>The figures of a row that were measured before; null: none.</summary>
    public RowFigures? Find(RowPlan plan)
    {
        var path = PathOf(plan);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<RowFigures>(File.ReadAllText(path), OptionsJson.Format)! with
                {
                    Evaluated = new(() => ReadEvaluated(path + EvaluatedSuffix)),
                }
                : null;
        }
        catch (JsonException)
        {
            return null; // Of another version: measured anew.
        }
    }

    /// <summary>Keeps figures.</summary>
    public void Keep(RowPlan plan, RowFigures figures)
    {
        var path = PathOf(plan);
        AtomicFile.Write(path + EvaluatedSuffix, stream => EvaluatedBand.Write(stream, figures.Evaluated.Value));
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(figures, OptionsJson.Format) + "\n");
    }

    private static IReadOnlyList<EvaluatedBand> ReadEvaluated(string path)
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
