using System.Text.Json.Nodes;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Predictions;
using FaceLoupe.Programs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Merging;

/// <summary>One call of <c>faceloupe merge</c>.</summary>
/// <param name="Folder">The folder of the parts.</param>
/// <param name="Target">The file of all rows.</param>
/// <param name="Json">Whether the report is JSON.</param>
internal sealed record MergeRun(string Folder, string Target, bool Json)
{
    private const int ReasonsShown = 20;

    private readonly MergeTally _tally = new();

    /// <summary>Checks, joins and reports.</summary>
    /// <param name="output">Where the report goes.</param>
    /// <param name="stop">Stops between two rows; nothing is written then.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="FaceLoupeException">A part or image is missing or doubled.</exception>
    public int Run(TextWriter output, CancellationToken stop)
    {
        var record = RunRecord.Read(Folder);
        var (shards, lines) = (Number("shards", record, 1, Shard.Most), Number("pictures", record, 0, long.MaxValue));
        var format = RowFormat.Of(record["format"]?.ToString() ?? string.Empty);
        var tars = (record["results"] as JsonArray)?.Select(name => name is JsonValue && name.ToString() is var file
            && RelativeName.FileOf(file) == file
            ? new MergedPart(file, file, null)
            : throw new FaceLoupeException($"{RunRecord.FileName}: 'results' is not a list of names of files."));
        MergedPart[] parts = [.. tars ?? Enumerable.Range(0, (int)shards).Select(part => MergedPart.Of(
            new Shard(part, (int)shards), lines, format))];
        RefuseMissing(parts);
        RefuseTarget(format);
        OwnInput.Refuse("--out", Target, parts.Select(PathOf).Append(Path.Join(Folder, RunRecord.FileName)));
        var hash = tars is null ? record["listSha256"]?.ToString() : null;
        AtomicFile.Write(Target, stream => format.Write(stream, Rows(parts, format, hash, stop)));
        var seconds = parts.Select(part => ShardSummary.Read(PathOf(part))).OfType<ShardSummary>().ToArray();
        Report(output, parts.Length, seconds.Sum(one => one.Pictures), seconds.Sum(one => one.Seconds));
        return ExitCode.Fine;
    }

    private string PathOf(MergedPart part) => Path.Join(Folder, part.File);

    private static long Number(string name, JsonObject record, long least, long most) =>
        record[name] is JsonValue value && value.TryGetValue<long>(out var number) && number >= least && number <= most
            ? number
            : throw new FaceLoupeException(FormattableString.Invariant(
                $"{RunRecord.FileName}: has no number '{name}' from {least} to {most}; it is not a record of a run."));

    private void RefuseMissing(MergedPart[] parts)
    {
        var missing = Array.FindAll(parts, part => !File.Exists(PathOf(part)));
        if (missing.Length > 0)
        {
            var names = string.Join(", ", missing.Take(5).Select(part => part.Name))
                + (missing.Length > 5 ? ", ..." : string.Empty);
            throw new FaceLoupeException(FormattableString.Invariant(
                $"{Folder}: {missing.Length} of {parts.Length} parts are not finished: {names}; ")
                + "run them with --resume.");
        }
    }

    private void RefuseTarget(RowFormat format)
    {
        if (!Target.EndsWith("." + format.Name, StringComparison.OrdinalIgnoreCase) && !AtomicFile.IsDevice(Target))
        {
            throw new FaceLoupeException(
                $"--out {Target}: the parts have the format {format.Name}; give a name that ends in .{format.Name}.");
        }

        if (Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(Target)) ?? Target) == Path.GetFullPath(Folder)
            && Path.GetFileName(Target).Contains("-of-", StringComparison.Ordinal))
        {
            throw new FaceLoupeException($"--out {Target}: is named like a part of the run; give another name.");
        }
    }

    private IEnumerable<ResultRow> Rows(
        MergedPart[] parts, RowFormat format, string? listSha256, CancellationToken stop)
    {
        using var hash = new LinesHash();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Rows of all images would not fit in memory; two parts with the same ones have the same first one.
        var firsts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var path = PathOf(part);
            seen.Clear();
            foreach (var row in format.Read(path))
            {
                stop.ThrowIfCancellationRequested();
                if (!seen.Add(row.Image) || (seen.Count == 1 && !firsts.Add(row.Image)))
                {
                    throw new FaceLoupeException(
                        $"{path}: has {row.Image} twice; run this part again without --resume.");
                }

                hash.Add(row.Image);
                _tally.Add(row);
                yield return row;
            }

            if (part.Pictures is { } expected && seen.Count != expected)
            {
                throw new FaceLoupeException(FormattableString.Invariant(
                    $"{path}: has {seen.Count} images instead of {expected}; run this part again without --resume."));
            }
        }

        // The hash of the list's lines in order: no image is missing, in two parts, or another one.
        if (listSha256 is not null && hash.Finish() != listSha256)
        {
            throw new FaceLoupeException(
                $"{Folder}: the parts have other images than the list of {RunRecord.FileName}, or two parts have the "
                + "same; run all parts again into another folder.");
        }
    }

    private void Report(TextWriter output, long shards, long lookedAt, double seconds)
    {
        if (Json)
        {
            output.Write(JsonReport.Text(new JsonObject
            {
                ["schemaVersion"] = RunRecord.SchemaVersion,
                ["shards"] = shards,
                ["pictures"] = _tally.Pictures,
                ["faces"] = _tally.Faces,
                ["empty"] = _tally.Empty,
                ["failed"] = _tally.Failed,
                ["failures"] = JsonReport.Array(_tally.Failures, failure => new JsonObject
                {
                    ["reason"] = failure.Reason, ["count"] = failure.Count,
                }),
                ["seconds"] = Math.Round(seconds, 3),
            }));
            return;
        }

        var images = Numbers.Count(_tally.Pictures, "image");
        output.Write($"{images} in {Numbers.Count(shards, "part")}: {Numbers.Count(_tally.Faces, "face")}, "
            + $"{Numbers.Count(_tally.Empty, "image")} without, "
            + FormattableString.Invariant($"{_tally.Failed} failed; {seconds:0.0} s of all workers, ")
            + FormattableString.Invariant($"{lookedAt / Math.Max(seconds, 1e-3):0.00} images/s each\n"));
        foreach (var (reason, count) in _tally.Failures.Take(ReasonsShown))
        {
            output.Write(FormattableString.Invariant($"  {count} failed: {reason}\n"));
        }

        var more = _tally.Failures.Skip(ReasonsShown).Sum(failure => failure.Count);
        if (more > 0)
        {
            output.Write(FormattableString.Invariant($"  {more} failed for other reasons; --json lists them\n"));
        }
    }
}
