using System.Security.Cryptography;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>A person's corrections in a review; files are recognised by their content.</summary>
/// <param name="Path">The file of corrections.</param>
/// <param name="Files">The files reviewed.</param>
internal sealed record Corrections(string Path, IReadOnlyList<CorrectedFile> Files)
{
    private const int SchemaVersion = 1;

    // Hashes of reviewed files that are among several inputs of their name.
    private HashSet<string> Present { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file of corrections.</summary>
    /// <exception cref="FaceLoupeException">It is missing, or not a file of corrections.</exception>
    public static Corrections Read(string path)
    {
        try
        {
            var root = JsonElement.Parse(InputFile.ReadAllText(path));
            RequireKeys(root, "corrections", "files");
            if (root.GetProperty("corrections").GetInt32() != SchemaVersion)
            {
                throw NoCorrections(path, null);
            }

            CorrectedFile[] files = [.. root.GetProperty("files").EnumerateArray().Select(FileOf)];
            return files.GroupBy(file => file.Sha256).FirstOrDefault(same => same.Count() > 1) is { } doubled
                ? throw new FormatException($"{doubled.First().File} occurs twice")
                : new Corrections(path, files);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"--apply {path}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}; give the file that the page "
                + "of --review saved.", fault);
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException)
        {
            throw NoCorrections(path, new FormatException("a key is missing or holds another kind of value", fault));
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            throw NoCorrections(path, fault);
        }
    }

    /// <summary>The hash by which a file is recognised.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read.</exception>
    public static string HashOf(string path)
    {
        try
        {
            using var stream = InputFile.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    /// <summary>The corrections of a file; null: it was not reviewed.</summary>
    /// <exception cref="FaceLoupeException">A file of that name was reviewed, with other content.</exception>
    public CorrectedFile? For(string path)
    {
        var hash = HashOf(path);
        var known = Files.FirstOrDefault(file => file.Sha256 == hash);
        var name = System.IO.Path.GetFileName(path);
        return known is null
            && Files.Any(file => System.IO.Path.GetFileName(file.File) == name && !Present.Contains(file.Sha256))
            ? throw new FaceLoupeException(
                $"{path}: --apply {Path} is the review of another file of that name; the hash of this one is "
                + $"{hash[..12]}...; review it, or give the file that was reviewed.")
            : known;
    }

    /// <summary>
    /// The same corrections, which know which of their files are inputs: another input may have the name of one of
    /// these.
    /// </summary>
    /// <exception cref="FaceLoupeException">They are not for any of the inputs.</exception>
    public Corrections Among(IEnumerable<string> inputs)
    {
        var names = Files.Select(file => System.IO.Path.GetFileName(file.File)).ToHashSet(StringComparer.Ordinal);
        string[] all = [.. inputs];
        string[] named = Array.FindAll(all, input => names.Contains(System.IO.Path.GetFileName(input)));
        var hashes = Files.Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        if (named.Length == 0 && !all.Any(input => HashIn(hashes, input) is not null))
        {
            throw new FaceLoupeException(
                $"--apply {Path}: is the review of other files: none of the inputs is one of its {Files.Count} files; "
                + "give the files that were reviewed.");
        }

        return this with
        {
            // Now, since copies may replace them; where no other input has the name, nothing is in doubt.
            Present = named.GroupBy(System.IO.Path.GetFileName, StringComparer.Ordinal)
                .Where(alike => alike.Count() > 1).SelectMany(alike => alike)
                .Select(input => HashIn(hashes, input)).OfType<string>().ToHashSet(StringComparer.Ordinal),
        };
    }

    // A file that cannot be read fails later.
    private static string? HashIn(HashSet<string> hashes, string input)
    {
        try
        {
            return HashOf(input) is var hash && hashes.Contains(hash) ? hash : null;
        }
        catch (FaceLoupeException)
        {
            return null;
        }
    }

    private static CorrectedFile FileOf(JsonElement file)
    {
        RequireKeys(file, "file", "sha256", "keep", "mask", "clear", "ignore", "spans");
        return new CorrectedFile(
            file.GetProperty("file").GetString()!,
            file.GetProperty("sha256").GetString()!.ToLowerInvariant(),
            [
                new CorrectedSpan(
                    0, double.PositiveInfinity, Boxes(file, "mask"), Boxes(file, "clear"), Boxes(file, "ignore")),
                .. file.TryGetProperty("spans", out var spans) ? spans.EnumerateArray().Select(SpanOf) : [],
            ])
        {
            Keep = file.TryGetProperty("keep", out _) ? Boxes(file, "keep") : null,
        };
    }

    private static CorrectedSpan SpanOf(JsonElement span)
    {
        RequireKeys(span, "from", "to", "mask", "clear", "ignore");
        var (from, to) = (span.GetProperty("from").GetDouble(), span.GetProperty("to").GetDouble());
        return from <= to
            ? new CorrectedSpan(from, to, Boxes(span, "mask"), Boxes(span, "clear"), Boxes(span, "ignore"))
            : throw new FormatException(
                FormattableString.Invariant($"a span from {from} to {to} ends before it begins"));
    }

    // A correction under a misspelt key would be lost, and a face would stay visible.
    private static void RequireKeys(JsonElement element, params ReadOnlySpan<string> keys)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw new FormatException(
                    $"'{property.Name}' is not a key of corrections; the keys are {string.Join(", ", keys.ToArray())}");
            }
        }
    }

    private static Box[] Boxes(JsonElement element, string key) => !element.TryGetProperty(key, out var boxes) ? [] :
    [
        .. boxes.EnumerateArray().Select(box =>
        {
            float[] sides = [.. box.EnumerateArray().Select(side => side.GetSingle())];
            var all = sides.Length == 4 ? new Box(sides[0], sides[1], sides[2], sides[3]) : default;
            return all.IsValid ? all : throw new FormatException("a box is [x, y, width, height]");
        }),
    ];

    private static FaceLoupeException NoCorrections(string path, Exception? fault) => fault is null
        ? new($"--apply {path}: is of another version; save it again from the page of --review.")
        : new($"--apply {path}: is not a file of corrections ({Words(fault)}); give the one that the page of "
            + "--review saved.", fault);

    private static string Words(Exception fault) =>
        fault is JsonException json ? JsonWords.Of(json) : fault.Message.ReplaceLineEndings(" ");
}
