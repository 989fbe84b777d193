using System.Text.Json;
using System.Text.Json.Serialization;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Paper;

/// <summary>How far a step has come.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Seconds">Time spent on it, over all calls.</param>
/// <param name="Inputs">Its <see cref="PaperStep.Inputs"/> then.</param>
internal sealed record StepProgress(string Name, StepOutcome Outcome, double Seconds, string Inputs = "");

/// <summary>The file <c>paper.json</c> of results: what was asked for, and how far each step has come.</summary>
internal sealed record PaperProgress
{
    private const string FileName = "paper.json";

    /// <summary>The options that results depend on, one a line; another call cannot go on with them.</summary>
    [JsonPropertyName("asked")]
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The steps that were begun.</summary>
    public IReadOnlyList<StepProgress> Steps { get; init; } = [];

    /// <summary>Reads what an earlier call left, or begins anew.</summary>
    /// <exception cref="FaceLoupeException">
    /// The folder is of a call with other options, or holds something else.
    /// </exception>
    public static PaperProgress Open(PaperCall call)
    {
        IReadOnlyList<string> options =
        [
            $"scale {call.Scale.ToString(System.Globalization.CultureInfo.InvariantCulture)}", $"seeds {call.Seeds}",
            $"config {call.Config}", .. call.Overrides(),
        ];
        var path = Path.Combine(call.Out, FileName);
        if (!File.Exists(path))
        {
            return Directory.Exists(call.Out) && Directory.EnumerateFileSystemEntries(call.Out).Any()
                ? throw new FaceLoupeException($"--out {call.Out}: the folder holds something else; name another one.")
                : new PaperProgress { Options = options };
        }

        var found = Read(path);
        var other = found.Options.Except(options).Concat(options.Except(found.Options)).FirstOrDefault();
        return other is null
            ? found
            : throw new FaceLoupeException(
                $"--out {call.Out}: begun with other options (the first that differs: {other}); give the same ones to "
                + "go on, or name another folder.");
    }

    /// <summary>The state of a step.</summary>
    public StepProgress Of(string name) =>
        Steps.FirstOrDefault(step => step.Name == name) ?? new StepProgress(name, StepOutcome.Waiting, 0);

    /// <summary>Whether a step is done, with the inputs that it has in this call.</summary>
    public bool IsDone(PaperStep step) =>
        Of(step.Name) is { Outcome: StepOutcome.Done } done && done.Inputs == step.Inputs;

    /// <summary>The same with another state of a step, written to the folder.</summary>
    public PaperProgress With(StepProgress step, string folder) =>
        (this with { Steps = [.. Steps.Where(other => other.Name != step.Name), step] }).Saved(folder);

    /// <summary>Writes the file to a folder.</summary>
    public PaperProgress Saved(string folder)
    {
        AtomicFile.WriteAllText(
            Path.Combine(folder, FileName), JsonSerializer.Serialize(this, OptionsJson.Format) + "\n");
        return this;
    }

    private static PaperProgress Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PaperProgress>(InputFile.ReadAllText(path), OptionsJson.Format)!;
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException($"{path}: not a file of faceloupe-train paper; name another --out.", fault);
        }
    }
}
