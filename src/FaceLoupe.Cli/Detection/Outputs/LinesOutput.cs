using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>JSON lines, into a file or to standard output.</summary>
internal sealed class LinesOutput : IDetectionOutput
{
    private readonly InputList _inputs;
    private readonly HashSet<PictureKey> _finished = [];
    private readonly LineFile? _file;
    private readonly TextWriter _output;

    /// <summary>Begins the output.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="path">The file; null: standard output.</param>
    /// <param name="resume">Whether to continue after the lines of the file.</param>
    /// <param name="output">Standard output.</param>
    public LinesOutput(InputList inputs, string? path, bool resume, TextWriter output)
    {
        _inputs = inputs;
        _output = output;
        if (path is not null)
        {
            // Images that failed are tried again.
            var finished = resume && File.Exists(path) && !AtomicFile.IsDevice(path) ? JsonLines.Read(path) : [];
            _finished.UnionWith(finished.Select(picture => picture.Key));
            _file = new LineFile(path, finished.Select(picture => JsonLines.Of(picture)));
        }
    }

    public bool IsFinished(PicturePlace place) =>
        _finished.Contains(new PictureKey(_inputs.Paths[place.Input], place.Frame?.Number));

    public void Write(PicturePlace place, PictureFaces picture) => Write(JsonLines.Of(picture));

    public void Write(InputFault fault) => Write(JsonLines.Of(fault));

    public void Dispose() => _file?.Dispose();

    private void Write(string line)
    {
        if (_file is not null)
        {
            _file.Write(line);
            return;
        }

        _output.Write(line + "\n");
        _output.Flush();
    }
}
