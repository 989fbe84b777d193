using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using FaceLoupe.Models;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Reports;

/// <summary>How figures were measured; without it they cannot be compared with others.</summary>
/// <param name="Entries">Names and values, in order.</param>
internal sealed record EvaluationSettings(IReadOnlyList<(string Name, string Value)> Entries)
{
    private const string FileName = "regime.json";

    /// <summary>The program, the machine and the day.</summary>
    public static IReadOnlyList<(string Name, string Value)> Surroundings =>
    [
        ("program", $"FaceLoupe {Version}"),
        ("machine", $"{Processor.Name}, "
            + string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, ")
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
        ("date", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
    ];

    // The SDK appends the commit: 0.1.0+d1a38b8...
    private static string Version => typeof(EvaluationSettings).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";

    /// <summary>A model that is run.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="detection">Scales and thresholds in force.</param>
    /// <param name="stages">Which stages.</param>
    /// <param name="minFace">Longer side of the smallest face that was kept, in pixels; 0 (the default): any.</param>
    public static EvaluationSettings OfModel(
        ModelBundle bundle, DetectionSection detection, DetectionStages stages, float minFace = 0)
    {
        var culture = CultureInfo.InvariantCulture;
        var fusion = detection.Fusion;
        return new EvaluationSettings(
        [
            ("model", $"{bundle.Manifest.Name} {bundle.Manifest.Version}"),
            ("model hash", $"SHA-256 of {ModelManifestFile.FileName}: {HashOf(bundle)}"),
            ("stages", stages == DetectionStages.Both ? "both" : "1 alone"),
            ("scales", string.Join(", ", detection.Scales.Select(step =>
                $"{step.Factor.ToString(culture)}x for faces from {step.MinFace.ToString(culture)} to "
                + $"{step.MaxFace?.ToString(culture) ?? "any"} px{Focus(step.Focus)}"
                + (step.Mirror is { } mirror ? $", again mirrored{Focus(mirror)}" : string.Empty)))),
            ("tiles", string.Create(culture, $"{detection.TileSize} px, overlapping by {detection.TileOverlap}")),
            ("proposals", string.Create(culture, $"from a score of {detection.ProposalThreshold}, ")
                + string.Create(culture, $"NMS {detection.ProposalNms}, ")
                + (detection.ProposalVote is { } vote ? string.Create(culture, $"votes from {vote}, ") : string.Empty)
                + (detection.PartWithin is { } part
                    ? string.Create(culture, $"parts of faces within {part}, ") : string.Empty)
                + (detection.Averaging is null ? string.Empty : "scores averaged over passes, ")
                + string.Create(culture, $"at most {detection.MaxProposals}")),
            ("fusion", stages == DetectionStages.Both
                ? string.Create(
                    culture, $"{fusion.Stage1Weight} x stage 1 + {fusion.Stage2Weight} x stage 2 + {fusion.Bias}, as "
                        + $"logits")
                : "none, scores are those of stage 1"),
            ("final NMS", detection.FinalNms.ToString(culture)),
            .. minFace > 0
                ? [("smallest face", string.Create(culture, $"{minFace} px; smaller ones were left out"))]
                : Array.Empty<(string, string)>(),
        ]);
    }

    private static string Focus(FocusSection? focus) => focus is null
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" around focus candidates from a score of {focus.Threshold}")
            + (focus.ConfidentScore < 1
                ? FormattableString.Invariant(
                    $", confident from {focus.ConfidentScore} and {focus.ConfidentSide} px")
                : string.Empty);

    /// <summary>Settings of existing predictions, as their author left them beside them.</summary>
    /// <exception cref="FaceLoupeException">The file is not one of evaluation settings.</exception>
    public static EvaluationSettings OfPredictions(string folder)
    {
        var place = (Name: "predictions", Path: Path.GetFullPath(folder));
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            return new EvaluationSettings([place, ("model", $"not known: no {FileName} beside the predictions")]);
        }

        try
        {
            var entries = JsonSerializer.Deserialize<Dictionary<string, string>>(InputFile.ReadAllBytes(file)) ?? [];
            return new EvaluationSettings(
                [place, .. entries.Where(entry => entry.Key != place.Name).Select(entry => (entry.Key, entry.Value))]);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{file}: not evaluation settings as 'faceloupe detect --format wider' writes them; expected texts by "
                    + "name. Remove the file or detect again.",
                fault);
        }
    }

    /// <summary>Writes the settings beside predictions, for their evaluation.</summary>
    public void WriteTo(string folder) => AtomicFile.WriteAllText(
        Path.Combine(folder, FileName),
        JsonReport.Text(JsonReport.Object(Entries, entry => entry.Name, entry => entry.Value)));

    private static string HashOf(ModelBundle bundle) =>
        ModelBundle.Sha256(InputFile.ReadAllBytes(Path.Combine(bundle.Folder, ModelManifestFile.FileName)));
}
