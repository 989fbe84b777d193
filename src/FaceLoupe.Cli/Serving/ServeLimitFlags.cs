using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Programs;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Serving;

/// <summary>What a server takes and how long it waits: options of <c>faceloupe serve</c>.</summary>
internal sealed class ServeLimitFlags
{
    private readonly Option<int> _upload = Numbers.Whole(
        "--max-upload", "Largest image file that is taken, in MB.", "MB", 1, 2_000, 64);

    private readonly Option<int> _pixels = Numbers.Whole(
        "--max-megapixels", "Most pixels of an image that is taken, in millions.", "MP", 1, 400, 100);

    private readonly Option<int> _jobs = Numbers.Whole(
        "--jobs", "Images worked at the same time; one uses all cores already.", "N", 1, 64, 1);

    private readonly Option<int> _queue = Numbers.Whole(
        "--queue", "Images that may wait; further ones are refused with Retry-After.", "N", 0, 10_000, 8);

    private readonly Option<int> _timeout = Numbers.Whole(
        "--timeout", "Longest time for the work on one image, in seconds.", "S", 1, 86_400, 60);

    private readonly Option<int> _uploadTimeout = Numbers.Whole(
        "--upload-timeout", "Longest time for an image to come in, in seconds.", "S", 1, 86_400, 120);

    private readonly Option<int> _drain = Numbers.Whole(
        "--drain", "Longest time for the images under way at shutdown, in seconds.", "S", 0, 86_400, 25);

    private readonly Option<int> _connections = Numbers.Whole(
        "--max-connections", "Connections open at a time; a quarter of them for one client.", "N", 1, 100_000, 256);

    private readonly Option<int?> _client = new("--per-client")
    {
        Description = "Images that one client may have under way; 0: no limit. Default: half of --jobs and "
            + "--queue, and no limit on this machine itself.",
        HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, 10_000),
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_upload, _pixels, _jobs, _queue, _timeout, _uploadTimeout, _drain, _connections, _client])
        {
            command.Add(option);
        }
    }

    /// <summary>The options of a server with what was given.</summary>
    public ServeOptions Apply(ServeOptions options, ParseResult parsed) => options with
    {
        MaxUploadBytes = parsed.GetValue(_upload) * 1_000_000L,
        MaxPixels = parsed.GetValue(_pixels) * 1_000_000L,
        Concurrency = parsed.GetValue(_jobs),
        QueueLength = parsed.GetValue(_queue),
        WorkTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        UploadTimeout = TimeSpan.FromSeconds(parsed.GetValue(_uploadTimeout)),
        DrainTime = TimeSpan.FromSeconds(parsed.GetValue(_drain)),
        MaxConnections = parsed.GetValue(_connections),
        PicturesPerClient = parsed.GetValue(_client),
    };
}
