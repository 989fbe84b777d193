using System.Diagnostics;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// The rows of one tar file, in its order. The file of rows appears when the tar file is processed; until then,
/// finished images are kept beside it as with <see cref="ResumableOutput"/>.
/// </summary>
internal sealed class TarRows : IDisposable
{
    private readonly string _path;
    private readonly RowFormat _format;
    private readonly LineFile _state;
    private readonly Dictionary<string, PictureFaces> _earlier;
    private readonly Dictionary<string, ResultRow> _known = new(StringComparer.Ordinal);
    private readonly List<ResultRow> _rows = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _lookedAt;
    private bool _isWhole;

    /// <summary>Begins the rows of a tar file.</summary>
    /// <param name="path">Where they go.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="resume">Whether to continue an earlier run.</param>
    public TarRows(string path, RowFormat format, bool resume)
    {
        (_path, _format) = (path, format);
        var state = ResumableOutput.StateOf(path);
        _earlier = (!resume ? [] : File.Exists(state) ? JsonLines.Read(state) : PicturesOf(path, format))
            .ToDictionary(picture => picture.Image, StringComparer.Ordinal);
        _state = new LineFile(state, _earlier.Values.Select(JsonLines.Exact));
    }

    /// <summary>Whether a file of rows has images that failed.</summary>
    public static bool HasFailures(string path, RowFormat format) =>
        format.Read(path).Any(row => row.Picture is null);

    /// <summary>Whether an earlier run finished an image.</summary>
    public bool HasEarlier(string image) => _earlier.ContainsKey(image);

    /// <summary>What an earlier run found in an image, which is then finished; null: it did not finish it.</summary>
    public PictureFaces? Earlier(string image)
    {
        if (_earlier.TryGetValue(image, out var picture))
        {
            Add(ResultRow.Of(picture));
        }

        return picture;
    }

    /// <summary>Takes a row; if a name occurs twice in a tar file, the first row is used.</summary>
    /// <returns>False: there was already a row of that name.</returns>
    public bool Write(ResultRow row)
    {
        _lookedAt++;
        if (!Add(row))
        {
            return false;
        }

        if (row.Picture is { } picture)
        {
            _state.Write(JsonLines.Exact(picture));
        }

        return true;
    }

    /// <summary>Writes the rows.</summary>
    public void Finish()
    {
        AtomicFile.Write(_path, stream => _format.Write(stream, _rows));
        new ShardSummary(_lookedAt, _clock.Elapsed.TotalSeconds).Write(_path);
        _isWhole = true;
    }

    public void Dispose()
    {
        _state.Dispose();
        if (_isWhole || _rows.TrueForAll(row => row.Picture is null))
        {
            File.Delete(ResumableOutput.StateOf(_path));
        }
    }

    private static IEnumerable<PictureFaces> PicturesOf(string path, RowFormat format) =>
        File.Exists(path) ? format.Read(path).Select(row => row.Picture).OfType<PictureFaces>() : [];

    private bool Add(ResultRow row)
    {
        if (!_known.TryAdd(row.Image, row))
        {
            return false;
        }

        _rows.Add(row);
        return true;
    }
}
