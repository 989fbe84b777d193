using System.Text.Json;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Ablations;

/// <summary>Writes a table's files: TABLE.json, TABLE.md, and Figure 6 where the table has context factors.</summary>
internal static class AblationFiles
{
    public static void Write(string root, AblationTable table, AblationResult result)
    {
        AtomicFile.WriteAllText(
            Path.Combine(root, table.Name + ".json"), JsonSerializer.Serialize(result, OptionsJson.Format) + "\n");
        AtomicFile.WriteAllText(Path.Combine(root, table.Name + ".md"), AblationReport.Markdown(table, result));
        if (table.Rows.All(row => row.ContextFactor is null))
        {
            return;
        }

        foreach (var (set, _, _) in AblationReport.SetsOf(result))
        {
            if (ContextFigure.Svg(table, result, set) is { } svg)
            {
                AtomicFile.WriteAllText(Path.Combine(root, $"{table.Name}-figure6-{FileNameOf(set)}.svg"), svg);
            }
        }
    }

    private static string FileNameOf(string set) =>
        string.Concat(set.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}
