using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// One file for all images and frames, written when the run ends or is stopped. Until then, finished images are kept in
/// a file beside it, <c>FILE.partial.jsonl</c>, so that a killed program loses nothing. A later run continues from
/// there, or from the file itself.
/// </summary>
internal abstract class ResumableOutput : IDetectionOutput
{
    private readonly HashSet<PictureKey> _finished;
    private readonly LineFile? _state;

    /// <summary>Begins the output.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="path">The file; null: standard output.</param>
    /// <param name="read">Reads the images of a file that an earlier run finished; null: do not continue one.</param>
    protected ResumableOutput(
        InputList inputs, string? path, Func<string, IEnumerable<PictureFaces>>? read)
    {
        (Inputs, Path) = (inputs, path);
        if (path is not null && !AtomicFile.IsDevice(path))
        {
            foreach (var picture in read is null ? []
                : File.Exists(StateOf(path)) ? JsonLines.Read(StateOf(path))
                : File.Exists(path) ? read(path)
                : [])
            {
                Pictures[picture.Key] = picture;
            }

            _state = new LineFile(StateOf(path), Pictures.Values.Select(JsonLines.Exact));
        }

        _finished = [.. Pictures.Keys];
    }

    /// <inheritdoc/>
    public virtual bool RecordsFailures => false;

    /// <summary>The results of an earlier run.</summary>
    public IEnumerable<PictureFaces> Finished => _finished.Select(key => Pictures[key]);

    /// <summary>The inputs.</summary>
    protected InputList Inputs { get; }

    /// <summary>The file; null: standard output.</summary>
    protected string? Path { get; }

    /// <summary>All results, of this run and earlier ones.</summary>
    protected OrderedDictionary<PictureKey, PictureFaces> Pictures { get; } = [];

    /// <summary>Whether the file is complete, so that the one beside it is not needed.</summary>
    protected bool IsComplete { get; set; }

    /// <summary>The file beside a file of results with what a run has finished.</summary>
    public static string StateOf(string path) => OutputPath.Beside(path, ".partial.jsonl");

    public bool IsFinished(PicturePlace place) =>
        _finished.Contains(new PictureKey(Inputs.Paths[place.Input], place.Frame?.Number));

    public void Write(PicturePlace place, PictureFaces picture)
    {
        _state?.Write(JsonLines.Exact(picture));
        Pictures[picture.Key] = picture;
    }

    /// <inheritdoc/>
    public abstract void Write(InputFault fault);

    /// <inheritdoc/>
    public abstract void Finish();

    public void Dispose()
    {
        _state?.Dispose();

        // A run that finished nothing leaves nothing.
        if (_state is not null && (IsComplete || Pictures.Count == 0))
        {
            File.Delete(StateOf(Path!));
        }
    }

    /// <summary>
    /// Gives the place of an image among the inputs, in whose order results are written however often the run was
    /// stopped; images of earlier runs that are no longer inputs come first.
    /// </summary>
    protected Func<string, int> PlaceOf()
    {
        var places = Inputs.Paths.Index()
            .ToDictionary(input => input.Item, input => input.Index, StringComparer.Ordinal);
        return image => places.TryGetValue(image, out var place) ? place : -1;
    }
}
