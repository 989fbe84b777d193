using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// One document for all images and frames, written when the run ends or is stopped. Until then, what is finished
/// stands in a file beside it, <c>DOCUMENT.partial.jsonl</c>: a program that is killed loses nothing. Another run goes
/// on from there, or from the document itself.
/// </summary>
internal sealed class DocumentOutput : IDetectionOutput
{
    private readonly InputList _inputs;
    private readonly DocumentFormat _format;
    private readonly string? _path;
    private readonly TextWriter _output;
    private readonly LineFile? _state;
    private readonly OrderedDictionary<PictureKey, PictureFaces> _pictures = [];
    private readonly HashSet<PictureKey> _finished;
    private readonly List<InputFault> _faults = [];

    /// <summary>Begins the output.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="format">How the document is written and read.</param>
    /// <param name="path">The file; null: standard output.</param>
    /// <param name="resume">Whether to go on where an earlier run stopped.</param>
    /// <param name="output">Standard output.</param>
    public DocumentOutput(InputList inputs, DocumentFormat format, string? path, bool resume, TextWriter output)
    {
        (_inputs, _format, _path, _output) = (inputs, format, path, output);
        if (path is not null && !AtomicFile.IsDevice(path))
        {
            foreach (var picture in resume ? Earlier(path) : [])
            {
                _pictures[picture.Key] = picture;
            }

            _state = new LineFile(StateOf(path), _pictures.Values.Select(JsonLines.Exact));
        }

        _finished = [.. _pictures.Keys];
    }

    /// <summary>The file beside a document that holds what a run has finished.</summary>
    public static string StateOf(string path) => OutputPath.Beside(path, ".partial.jsonl");

    public bool IsFinished(PicturePlace place) =>
        _finished.Contains(new PictureKey(_inputs.Paths[place.Input], place.Frame?.Number));

    public void Write(PicturePlace place, PictureFaces picture)
    {
        _state?.Write(JsonLines.Exact(picture));
        _pictures[picture.Key] = picture;
    }

    public void Write(InputFault fault) => _faults.Add(fault);

    public void Finish()
    {
        var places = _inputs.Paths.Select((path, place) => (path, place))
            .ToDictionary(input => input.path, input => input.place, StringComparer.Ordinal);

        // The order of the inputs, however often the run was stopped; first what earlier runs had besides.
        PictureFaces[] pictures =
        [
            .. _pictures.Values.OrderBy(picture => places.TryGetValue(picture.Image, out var place) ? place : -1)
                .ThenBy(picture => picture.Frame?.Number),
        ];
        if (_path is null)
        {
            _output.Write(_format.Text(pictures, _faults));
            return;
        }

        AtomicFile.Write(_path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(_format.Text(pictures, _faults));
        });
        if (_state is not null)
        {
            _state.Dispose();
            File.Delete(StateOf(_path));
        }
    }

    public void Dispose()
    {
        _state?.Dispose();

        // A run that finished nothing leaves nothing.
        if (_state is not null && _pictures.Count == 0)
        {
            File.Delete(StateOf(_path!));
        }
    }

    private IReadOnlyList<PictureFaces> Earlier(string path) =>
        File.Exists(StateOf(path)) ? JsonLines.Read(StateOf(path)) : File.Exists(path) ? _format.Read(path) : [];
}
