using System.Text.Json.Nodes;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Models;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>A part of a list to anonymise: the names of its copies, and the row of each image.</summary>
/// <param name="list">The list.</param>
/// <param name="options">The options.</param>
internal sealed class BlurShard(ShardList list, BlurOptions options) : IDisposable
{
    private readonly InputList _inputs = ShardInputs.Of(list);
    private readonly string _path = Path.Join(options.Out, $"{options.Shard!.Value.Name}.{options.ShardFormat}");
    private RowsOutput? _rows;

    /// <summary>Reads the list and resolves its files.</summary>
    /// <exception cref="FaceLoupeException">The list or a file of it cannot be used.</exception>
    public static BlurShard? Of(BlurOptions options)
    {
        if (options.Shard is not { } shard)
        {
            return null;
        }

        var list = ShardList.Read(options.List!, shard, CopyOf);
        return list.Paths.FirstOrDefault(ObjectStore.IsPlace) is { } remote
            ? throw new FaceLoupeException($"{remote}: blur works on files on this machine; download it first.")
            : new BlurShard(list, options);
    }

    /// <summary>The files, named relative to the folder that all files of the list have in common.</summary>
    public BlurInputs Files => new(
        [
            .. list.Paths.Select(path => new NamedInput(
                path, CopyOf(RelativeName.Of(list.Folder, Path.GetFullPath(path))), IsVideo: false)),
        ],
        [],
        OneFileNamed: false);

    /// <summary>Starts the rows, or continues existing ones.</summary>
    /// <param name="model">The model.</param>
    /// <param name="header">The header of an audit of the run.</param>
    /// <returns>What an earlier attempt finished.</returns>
    /// <exception cref="FaceLoupeException">The folder belongs to another run.</exception>
    public BlurResume? Begin(ModelManifest model, AuditHeader header)
    {
        OutputFile.MakeFolder("--out", options.Out);
        RunRecord.Claim(options.Out, RunRecord.Of(
            "blur", list, options.Shard!.Value.Count, options.ShardFormat, model, Recorded(header)));
        if (!options.Resume && !options.Overwrite
            && ((string[])[_path, ResumableOutput.StateOf(_path)]).FirstOrDefault(File.Exists) is { } begun)
        {
            throw new FaceLoupeException(
                $"{begun}: this part was begun before; --resume continues it, --overwrite makes its copies anew.");
        }

        _rows = new RowsOutput(_inputs, RowFormat.Of(options.ShardFormat), _path, options.Resume, isShard: true);
        return options.Resume
            ? BlurResume.Of(_rows.Finished.Select(row => (row.Image, row.Output ?? string.Empty)), UnderWay.Read(_path))
            : null;
    }

    /// <summary>The processing of a file begins.</summary>
    public void Begin(NamedInput file, string target) => UnderWay.Write(_path, file.Path, target);

    /// <summary>A file is done.</summary>
    public void Write(NamedInput file, string target, AnonymisedPicture masked, bool isDamaged) =>
        _rows!.Write(default, new PictureFaces(
            file.Path,
            file.Name,
            masked.Picture.Width,
            masked.Picture.Height,
            [.. masked.Regions.Select(region => new FoundFace(region.Box, FoundFace.LogitOf(region.Score)))])
        {
            IsDamaged = isDamaged,
            Output = target,
        });

    /// <summary>A file failed.</summary>
    public void Write(InputFault fault) => _rows!.Write(fault);

    /// <summary>Writes the rows, if all files have one.</summary>
    public void Finish()
    {
        _rows!.Finish();
        UnderWay.End(_path);
    }

    public void Dispose() => _rows?.Dispose();

    // a.bmp becomes a.bmp.png, since another part may write a.png.
    private static string CopyOf(string path) => CopyNames.IsWritable(path, video: false) ? path : path + ".png";

    private JsonObject Recorded(AuditHeader header)
    {
        using var writer = new StringWriter();
        _ = new AuditLog(writer, header);
        var recorded = JsonNode.Parse(writer.ToString())!.AsObject();
        foreach (var name in (string[])["type", "schemaVersion", "program", "started", "model", "modelSha256", "carry"])
        {
            recorded.Remove(name);
        }

        recorded["minFace"] = DetectionDocument.Rounded(header.MinFace, 2);
        recorded["verify"] = options.Verify;
        recorded["allowDamaged"] = options.AllowDamaged;
        recorded["timeout"] = options.Time.Limit?.TotalSeconds ?? 0;
        return recorded;
    }
}
