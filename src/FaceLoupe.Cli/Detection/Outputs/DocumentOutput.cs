using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>One document for all images and frames.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="format">How the document is written and read.</param>
/// <param name="path">The file; null: standard output.</param>
/// <param name="resume">Whether to continue an earlier run.</param>
/// <param name="output">Standard output.</param>
internal sealed class DocumentOutput(
    InputList inputs, DocumentFormat format, string? path, bool resume, TextWriter output)
    : ResumableOutput(inputs, path, resume ? format.Read : null)
{
    private readonly List<InputFault> _faults = [];

    public override void Write(InputFault fault) => _faults.Add(fault);

    public override void Finish()
    {
        var placeOf = PlaceOf();
        var text = format.Text(
            [.. Pictures.Values.OrderBy(picture => placeOf(picture.Image)).ThenBy(picture => picture.Frame?.Number)],
            _faults);
        if (Path is null)
        {
            output.Write(text);
            return;
        }

        AtomicFile.WriteAllText(Path, text);
        IsComplete = true;
    }
}
