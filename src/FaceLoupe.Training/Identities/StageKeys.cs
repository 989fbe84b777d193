using System.Text.Json;
using System.Text.Json.Nodes;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Identities;

/// <summary>Keys of the stages of a row: the options and data that a stage's result depends on.</summary>
/// <param name="Data">Identity of the training images.</param>
/// <param name="ValidationData">Identity of the validation images.</param>
internal sealed record StageKeys(string Data, string ValidationData)
{
    // Raised when the code of a stage changes its results.
    private const int Recipe = 1;

    private readonly Dictionary<string, string> finished = [];

    // Options that affect logging and speed only.
    private static readonly HashSet<string> WithoutInfluence =
        ["checkpointEvery", "metricsEvery", "sheetEvery", "workers", "cacheMegabytes", "validationRegions"];

    /// <summary>Stage 1: the preset's seed, whatever the seed of the row.</summary>
    public StageKey Proposals(TrainingConfig config) => config.Ablation.ProposalsRun is { } run
        ? new StageKey("proposals", new JsonObject { ["weights"] = IdentityOf(run) })
        : new StageKey("proposals", new JsonObject
        {
            ["recipe"] = Recipe,
            ["seed"] = config.Seed,
            ["data"] = Data,
            ["canvas"] = Influential(config.Canvas),
            ["proposalNetwork"] = Influential(config.ProposalNetwork),
            ["proposals"] = Influential(config.Proposals),
        });

    /// <summary>The mined RoIs, also with the preset's seed.</summary>
    public StageKey Mine(TrainingConfig config) => new("mine", new JsonObject
    {
        ["recipe"] = Recipe,
        ["proposals"] = Proposals(config).Hash,
        ["seed"] = config.Seed,
        ["data"] = Data,
        ["validationData"] = ValidationData,
        ["canvas"] = Influential(config.Canvas),
        ["regions"] = Influential(config.Regions),
        ["mine"] = Influential(config.Mine),
    });

    /// <summary>The generator alone, with the seed of the row.</summary>
    public StageKey Generator(TrainingConfig config, ulong seed) => new("generator", new JsonObject
    {
        ["recipe"] = Recipe,
        ["mine"] = Mine(config).Hash,
        ["seed"] = seed,
        ["generatorNetwork"] = Influential(config.GeneratorNetwork),
        ["generator"] = Influential(config.Generator),
    });

    /// <summary>Adversarial training, with the seed of the row.</summary>
    public StageKey Gan(TrainingConfig config, ulong seed) => new("gan", new JsonObject
    {
        ["recipe"] = Recipe,
        ["generator"] = Generator(config, seed).Hash,
        ["seed"] = seed,
        ["discriminatorNetwork"] = Influential(config.DiscriminatorNetwork),
        ["losses"] = Influential(config.Losses),
        ["gan"] = Influential(config.Gan),
    });

    // Reads a hundred megabytes of weights only once.
    private string IdentityOf(string run) => finished.TryGetValue(run, out var identity)
        ? identity : finished[run] = FinishedProposals.IdentityOf(new TrainedRun(run));

    /// <summary>Options as JSON, without those that do not affect the result.</summary>
    public static JsonNode Influential<T>(T options) =>
        Strip(JsonSerializer.SerializeToNode(options, OptionsJson.Format)!);

    private static JsonNode Strip(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var key in members.Select(member => member.Key).ToArray())
            {
                if (WithoutInfluence.Contains(key))
                {
                    members.Remove(key);
                }
                else if (members[key] is { } inner)
                {
                    Strip(inner);
                }
            }
        }

        return node;
    }
}
