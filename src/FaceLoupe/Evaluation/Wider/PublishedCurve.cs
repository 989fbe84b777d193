using FaceLoupe.Evaluation.Matlab;

namespace FaceLoupe.Evaluation.Wider;

/// <summary>
/// A curve as the authors of a method published it: <c>wider_pr_info_NAME_{easy,medium,hard}_val.mat</c>.
/// </summary>
/// <param name="Method">The method's name as its authors write it.</param>
/// <param name="Setting">Which setting it is for.</param>
/// <param name="Curve">Precision against recall; scores are not published and count down from 0.</param>
public sealed record PublishedCurve(string Method, WiderFaceSetting Setting, PrecisionRecallCurve Curve)
{
    private const string Prefix = "wider_pr_info_";

    /// <summary>Reads all curves of a folder, by method and setting.</summary>
    /// <exception cref="FaceLoupeException">There is none, or a file is damaged.</exception>
    public static IReadOnlyList<PublishedCurve> ReadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException($"{folder}: no such folder; give a folder of {Prefix}*_val.mat files.");
        }

        var curves = Directory.EnumerateFiles(folder, Prefix + "*_val.mat")
            .Order(StringComparer.Ordinal)
            .Select(path => SettingOf(path) is { } setting ? Of(MatlabFile.Read(path), setting) : null)
            .OfType<PublishedCurve>()
            .ToArray();
        return curves.Length > 0
            ? curves
            : throw new FaceLoupeException(
                $"{folder}: no published curves here; expected {Prefix}NAME_{{easy,medium,hard}}_val.mat.");
    }

    /// <summary>Takes a curve from a file: rows of precision and recall at falling thresholds.</summary>
    internal static PublishedCurve Of(MatlabFile file, WiderFaceSetting setting)
    {
        // The toolkit's own spelling.
        var rows = file.Get<MatlabNumbers>("pr_cruve");
        if (rows.Columns != 2 || rows.Rows == 0)
        {
            throw new FaceLoupeException(
                $"{file.Path}: 'pr_cruve' has {rows.Rows} x {rows.Columns} numbers; expected rows of precision and "
                + $"recall.");
        }

        var points = new PrecisionRecallPoint[rows.Rows];
        for (var row = 0; row < rows.Rows; row++)
        {
            // Where nothing was found yet, precision is 0 / 0; with a recall of 0 it has no weight.
            var (precision, recall) = (rows[row, 0], rows[row, 1]);
            points[row] = new PrecisionRecallPoint(-row, recall, double.IsNaN(precision) ? 0 : precision);
            if (!(recall is >= 0 and <= 1 && points[row].Precision is >= 0 and <= 1
                && recall >= (row > 0 ? points[row - 1].Recall : 0)))
            {
                throw new FaceLoupeException(
                    FormattableString.Invariant($"{file.Path}: row {row + 1} of 'pr_cruve' is {precision} {recall}; ")
                    + "expected precision and rising recall from 0 to 1.");
            }
        }

        var name = file.Names.Contains("legend_name") ? file.Get<MatlabText>("legend_name").Value : NameOf(file.Path);
        return new PublishedCurve(name, setting, new PrecisionRecallCurve(points));
    }

    private static WiderFaceSetting? SettingOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        foreach (var setting in Enum.GetValues<WiderFaceSetting>())
        {
            if (name.EndsWith($"_{setting}_val", StringComparison.OrdinalIgnoreCase))
            {
                return setting;
            }
        }

        return null;
    }

    private static string NameOf(string path) => Path.GetFileName(path)[Prefix.Length..].Split('_')[0];
}
