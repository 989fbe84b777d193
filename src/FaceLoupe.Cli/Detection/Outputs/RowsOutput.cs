using System.Diagnostics;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// One file with a row for each input, in their order, also for those that failed. It appears when the run ends; until
/// then, what is finished stands beside it as with <see cref="DocumentOutput"/>.
/// </summary>
internal sealed class RowsOutput : IDetectionOutput
{
    private readonly InputList _inputs;
    private readonly RowFormat _format;
    private readonly string _path;
    private readonly bool _isShard;
    private readonly LineFile _state;
    private readonly OrderedDictionary<PictureKey, PictureFaces> _pictures = [];
    private readonly HashSet<PictureKey> _finished;
    private readonly Dictionary<string, InputFault> _faults = new(StringComparer.Ordinal);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private bool _isWhole;

    /// <summary>Begins the output.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="format">How rows are written and read.</param>
    /// <param name="path">The file.</param>
    /// <param name="resume">Whether to go on where an earlier run stopped.</param>
    /// <param name="isShard">
    /// Whether the file is part of a run on many machines: it is written only once all of its inputs have a row.
    /// </param>
    public RowsOutput(InputList inputs, RowFormat format, string path, bool resume, bool isShard)
    {
        (_inputs, _format, _path, _isShard) = (inputs, format, path, isShard);
        foreach (var picture in resume ? Earlier() : [])
        {
            _pictures[picture.Key] = picture;
        }

        _state = new LineFile(DocumentOutput.StateOf(path), _pictures.Values.Select(JsonLines.Exact));
        _finished = [.. _pictures.Keys];
    }

    public bool RecordsFailures => _isShard;

    /// <summary>What an earlier run has finished.</summary>
    public IEnumerable<PictureFaces> Finished => _finished.Select(key => _pictures[key]);

    public bool IsFinished(PicturePlace place) =>
        _finished.Contains(new PictureKey(_inputs.Paths[place.Input], place.Frame?.Number));

    public void Write(PicturePlace place, PictureFaces picture)
    {
        _state.Write(JsonLines.Exact(picture));
        _pictures[picture.Key] = picture;
    }

    public void Write(InputFault fault) => _faults[fault.Image] = fault;

    public void Finish()
    {
        var rows = Rows();
        if (_isShard && rows.Select(row => row.Image).Distinct(StringComparer.Ordinal).Count() < _inputs.Paths.Count)
        {
            // Stopped: what is there waits for --resume, and nobody takes a part for the whole.
            return;
        }

        AtomicFile.Write(_path, stream => _format.Write(stream, rows));
        if (_isShard)
        {
            new ShardSummary(_pictures.Count - _finished.Count + _faults.Count, _clock.Elapsed.TotalSeconds).Write(
                _path);
        }

        _isWhole = true;
    }

    public void Dispose()
    {
        _state.Dispose();

        // A run that finished nothing leaves nothing.
        if (_isWhole || _pictures.Count == 0)
        {
            File.Delete(DocumentOutput.StateOf(_path));
        }
    }

    private List<ResultRow> Rows()
    {
        var places = _inputs.Paths.Select((path, place) => (path, place))
            .ToDictionary(input => input.path, input => input.place, StringComparer.Ordinal);
        return
        [
            .. _pictures.Values.Select(ResultRow.Of).Concat(_faults.Values.Select(ResultRow.Of))
                .OrderBy(row => places.TryGetValue(row.Image, out var place) ? place : -1)
                .ThenBy(row => row.Picture is null)
                .ThenBy(row => row.Picture?.Frame?.Number),
        ];
    }

    // Images that failed get another try.
    private IEnumerable<PictureFaces> Earlier() =>
        File.Exists(DocumentOutput.StateOf(_path)) ? JsonLines.Read(DocumentOutput.StateOf(_path))
        : File.Exists(_path) ? [.. _format.Read(_path).Select(row => row.Picture).OfType<PictureFaces>()]
        : [];
}
