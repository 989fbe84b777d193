using System.Globalization;
using System.Text;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Paper.Figures;

namespace FaceLoupe.Training.Paper;

/// <summary>The report that <c>faceloupe-train paper</c> ends with.</summary>
internal static class PaperReport
{
    /// <summary>Its file name.</summary>
    public const string FileName = "report.md";

    /// <summary>The report as Markdown.</summary>
    public static string Markdown(PaperCall call, PaperProgress progress, IReadOnlyList<string> remarks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# The paper at {call.Scale} of its size\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Preset: {call.Config}, which lists its deviations from the paper; as run: `{call.Preset}`. ");
        text.Append(CultureInfo.InvariantCulture, $"WIDER FACE: {call.Wider}. Device: {call.Device}.\n\n");
        foreach (var remark in remarks)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {remark}\n");
        }

        text.Append("\n## Steps\n\n| step | outcome | minutes |\n|---|---|---:|\n");
        foreach (var step in call.Steps())
        {
            var done = progress.Of(step.Name);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {step.Name} | {done.Outcome.ToString().ToLowerInvariant()} | {done.Seconds / 60:0.00} |\n");
        }

        text.Append("\n```sh\n").AppendJoin('\n', call.Steps().Select(step => step.CommandLine)).Append("\n```\n");
        foreach (var table in AblationTables.Names)
        {
            var path = Path.Combine(call.Tables, table + ".md");
            text.Append('\n').Append(File.Exists(path)
                ? Deeper(File.ReadAllText(path)) : $"## {table}\n\nNot started.\n");
        }

        var figures = Path.Combine(call.Figures, FigureRun.FileName);
        text.Append('\n').Append(File.Exists(figures)
            ? Deeper(File.ReadAllText(figures)).Replace("](figure", "](figures/figure", StringComparison.Ordinal)
            : "## Figures\n\nNot started.\n");
        text.Append("""

            ## Differences from the paper

            - VGG16 in Table 2 is trained from scratch: unlike those of ResNet-50, its ImageNet weights are not
              available from a package registry.
            - Figures 2 and 3 show the method; docs/pipeline.md follows the code in their order. The values of
              Figure 6 are in Table 3.
            - The third table includes recorded boxes of a weaker detector where `ablation.widerRecorded`,
              `ablation.validation[].recorded` and `ablation.recordedMining` name them.

            """);
        return text.ToString();
    }

    // Headings move one level down, and links to figures get the folder of the tables.
    private static string Deeper(string markdown) => string.Join('\n', markdown.Split('\n').Select(line =>
        line.StartsWith('#') ? "#" + line : line.Replace("](table", "](tables/table", StringComparison.Ordinal)));
}
