using System.Text.Json;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Ablations;

/// <summary>Writes a table's files: TABLE.json, TABLE.md, and Figure 6 where the table has context factors.</summary>
internal static class AblationFiles
{
    public static void Write(string root, AblationTable table, AblationResult result)
    {
        AtomicFile.WriteAllText(
            Path.Combine(root, table.Name + ".json"), JsonSerializer.Serialize(result, OptionsJson.Format) + "\n");
        AtomicFile.WriteAllText(Path.Combine(root, table.Name + ".md"), AblationReport.Markdown(result));
        if (table.Rows.All(row => row.ContextFactor is null))
        {
            return;
        }

        var drawn = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (set, _, _) in AblationReport.SetsOf(result.Rows))
        {
            if (ContextFigure.Svg(table, result, set) is { } svg)
            {
                var name = $"{table.Name}-figure6-{FileNameOf(set)}.svg";
                AtomicFile.WriteAllText(Path.Combine(root, name), svg);
                drawn.Add(name);
            }
        }

        // Figures of an earlier table are removed.
        foreach (var old in Directory.GetFiles(root, $"{table.Name}-figure6-*.svg"))
        {
            if (!drawn.Contains(Path.GetFileName(old)))
            {
                File.Delete(old);
            }
        }
    }

    private static string FileNameOf(string set) =>
        string.Concat(set.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
}
