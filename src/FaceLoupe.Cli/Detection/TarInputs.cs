using System.Text.Json.Nodes;
using FaceLoupe.Cli.Archives;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Sharding;

namespace FaceLoupe.Cli.Detection;

/// <summary>The tar files of a call, and what all of its parts have in common.</summary>
/// <param name="List">The tar files of this part.</param>
/// <param name="Results">Names of the results of all tar files.</param>
/// <param name="Shards">How many parts there are.</param>
internal sealed record TarInputs(ShardList List, IReadOnlyList<string> Results, int Shards)
{
    /// <summary>Resolves the inputs; null: they are not tar files.</summary>
    /// <param name="request">The request.</param>
    /// <param name="listed">Further inputs of a list file; null: none, or those of a part.</param>
    /// <exception cref="FaceLoupeException">
    /// There are other files among them, or two would have results of one name.
    /// </exception>
    public static TarInputs? Of(DetectRequest request, IReadOnlyList<string>? listed)
    {
        if (request.Shard is { } shard)
        {
            // A list of images may have a hundred million lines, and is not kept in memory; lists of tar files are
            // thousands of times shorter.
            if (request.List == InputList.StandardInput
                || !ListFile.Lines(request.List!).Any(line => TarFile.IsTar(line.Line)))
            {
                return null;
            }

            var named = ListFile.Lines(request.List!).Select(line => line.Line).ToArray();
            return IsTars(named, request) ? new TarInputs(
                ShardList.Read(request.List!, shard, path => TarFile.ResultOf(path, request.TarFormat)),
                [.. named.Select(path => TarFile.ResultOf(path, request.TarFormat))],
                shard.Count) : null;
        }

        // A file name may contain braces.
        var tars = request.Inputs
            .SelectMany(input => TarFile.IsTar(input) && !File.Exists(input) ? BraceList.Expand(input) : [input])
            .Concat(listed ?? []).ToArray();
        if (!IsTars(tars, request))
        {
            return null;
        }

        var results = tars.Select(path => TarFile.ResultOf(path, request.TarFormat)).ToArray();
        if (results.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new FaceLoupeException($"Two of the tar files would have their results in {twice.Key}; call twice.");
        }

        return new TarInputs(ShardList.Of(tars), results, 1);
    }

    /// <summary>Adds the names of the results to the record of a run.</summary>
    public JsonObject Describe(JsonObject record)
    {
        record["results"] = JsonReport.Array(Results);
        return record;
    }

    private static bool IsTars(string[] paths, DetectRequest request)
    {
        if (!paths.Any(TarFile.IsTar))
        {
            return false;
        }

        if (paths.FirstOrDefault(path => !TarFile.IsTar(path)) is { } other)
        {
            throw new FaceLoupeException($"{other}: is not a tar file, but other inputs are; process them in two "
                + "calls.");
        }

        return request.Out is null
            ? throw new FaceLoupeException(
                "Tar files need --out: the folder for one file of rows per tar, such as that of the tars themselves.")
            : request.TarFormat is not ("jsonl" or "parquet")
            ? throw new FaceLoupeException($"--format {request.Format}: the rows of tar files are parquet or jsonl.")
            : request.Options.Landmarks && request.TarFormat == "parquet"
            ? throw new FaceLoupeException("--landmarks: the rows of Parquet cannot hold them; add --format jsonl.")
            : request.Annotate is not null || request.Crops is not null || request.SuperResolve is not null
            ? throw new FaceLoupeException(
                "--annotate, --crops and --super-resolve are for image files, not for images in tar files.")
            : true;
    }
}
