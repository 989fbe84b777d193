using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Serving;

/// <summary>Limits of sizes, numbers and times: options of <c>faceloupe serve</c>.</summary>
internal sealed class ServeLimitFlags
{
    private readonly Option<int> _upload = Numbers.Whole(
        "--max-upload", "Maximum size of an image file, in MB.", "MB", 1, 2_000, 64);

    private readonly Option<int> _pixels = Numbers.Whole(
        "--max-megapixels", "Maximum number of pixels of an image, in millions.", "MP", 1, 400, 100);

    private readonly Option<int> _jobs = Numbers.Whole(
        "--jobs", "Images processed at the same time; one already uses all cores.", "N", 1, 64, 1);

    private readonly Option<int> _queue = Numbers.Whole(
        "--queue", "Images that may wait; any more are refused with Retry-After.", "N", 0, 10_000, 8);

    private readonly Option<int> _timeout = Numbers.Whole(
        "--timeout", "Time limit for processing an image, in seconds.", "S", 1, 86_400, 60);

    private readonly Option<int> _uploadTimeout = Numbers.Whole(
        "--upload-timeout", "Time limit for the upload of an image, in seconds.", "S", 1, 86_400, 120);

    private readonly Option<int> _drain = Numbers.Whole(
        "--drain", "Time limit at shutdown for the images in progress, in seconds.", "S", 0, 86_400, 25);

    private readonly Option<int> _connections = Numbers.Whole(
        "--max-connections", "Maximum number of open connections; a single client may hold a "
            + "quarter of them.", "N", 1, 100_000, 256);

    private readonly Option<int?> _client = new("--per-client")
    {
        Description = "Images that one client may have in progress; 0: no limit. Default: half of --jobs plus --queue; "
            + "no limit for clients on this machine.",
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

    /// <summary>The options of a server with the given values.</summary>
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
