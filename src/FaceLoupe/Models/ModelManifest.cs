using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FaceLoupe.Validation;

namespace FaceLoupe.Models;

/// <summary>
/// The file <c>model.json</c> of a model bundle: which network files belong to it and their hashes, the shapes and
/// names of their inputs and outputs, how pixels become numbers, the thresholds, and how it was trained.
/// Read it with <see cref="ModelManifestFile"/>.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The version of this layout that this library reads and writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Version of the layout; must be <see cref="CurrentFormatVersion"/>.</summary>
    [AllowedValues(CurrentFormatVersion)]
    public required int FormatVersion { get; init; }

    /// <summary>Name of the model, such as <c>full</c>.</summary>
    [NotBlank]
    public required string Name { get; init; }

    /// <summary>Version of the model, such as <c>0.1.0</c>.</summary>
    [NotBlank]
    public required string Version { get; init; }

    /// <summary>Day or moment of the export, ISO 8601.</summary>
    public required string Created { get; init; }

    /// <summary>What it finds, as COCO's files call it, such as <c>beetle</c>; null (the default): faces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get; init; }

    /// <summary>The detector that proposes regions (MB-FCN).</summary>
    public required ProposalSection Proposals { get; init; }

    /// <summary>The generator: up-sampling and refinement.</summary>
    public required GeneratorSection Generator { get; init; }

    /// <summary>The discriminator with its three heads.</summary>
    public required DiscriminatorSection Discriminator { get; init; }

    /// <summary>How bytes become the numbers all three networks take.</summary>
    public PreprocessingSection Preprocessing { get; init; } = new();

    /// <summary>How much context of a face the second stage gets.</summary>
    public ContextSection Context { get; init; } = new();

    /// <summary>Scales and thresholds.</summary>
    public required DetectionSection Detection { get; init; }

    /// <summary>Free notes on the training: data, steps, seed, commit, measured figures. Never interpreted.</summary>
    public JsonObject? Training { get; init; }
}
