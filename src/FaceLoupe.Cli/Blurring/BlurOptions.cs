using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>The options of a call of <c>faceloupe blur</c>.</summary>
/// <param name="Inputs">Images, videos and folders, as given.</param>
/// <param name="Out">File or folder of the masked copies.</param>
/// <param name="Model">The model.</param>
/// <param name="Anonymising">What is hidden and how; its certificate is still to be read.</param>
/// <param name="Certificate">File of a certificate; null: none.</param>
/// <param name="Carry">How many frames a box of a video is carried.</param>
/// <param name="DetectEvery">Videos: only every n-th frame is searched; 1: all.</param>
/// <param name="Recursive">Whether subfolders are included.</param>
/// <param name="Overwrite">Whether existing files, originals among them, may be replaced.</param>
/// <param name="Resume">Whether files with existing results are skipped.</param>
/// <param name="Verify">Whether what was written is searched again.</param>
/// <param name="ReadAhead">How many images or frames are decoded ahead.</param>
/// <param name="Quiet">Whether only faults are reported.</param>
/// <param name="Audit">File of the audit log; null: none.</param>
/// <param name="Ffmpeg">ffmpeg or its folder; null: PATH.</param>
internal sealed record BlurOptions(
    IReadOnlyList<string> Inputs,
    string Out,
    ModelChoice Model,
    AnonymiserOptions Anonymising,
    string? Certificate,
    int Carry,
    int DetectEvery,
    bool Recursive,
    bool Overwrite,
    bool Resume,
    bool Verify,
    int ReadAhead,
    bool Quiet,
    string? Audit,
    string? Ffmpeg)
{
    /// <summary>Whether damaged images are masked as far as faces are found, instead of refused.</summary>
    public bool AllowDamaged { get; init; }

    /// <summary>The time limit of one image.</summary>
    public PictureTime Time { get; init; } = PictureTime.Any;

    /// <summary>Decoding in separate processes; null: in this one.</summary>
    public IsolationLimits? Isolation { get; init; }

    /// <summary>Page on which a person reviews masks and near misses; null: none.</summary>
    public string? Review { get; init; }

    /// <summary>File of a person's corrections; null: none.</summary>
    public string? Apply { get; init; }

    /// <summary>A file that lists further inputs, '-' for standard input; null: none.</summary>
    public string? List { get; init; }

    /// <summary>The part of the list to process; null: all of it, not as part of a run on many machines.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Format of the rows of a part: jsonl or parquet.</summary>
    public string ShardFormat { get; init; } = "jsonl";

    /// <summary>Opens standard input.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>
    /// Refuses an audit or review page that would replace an image, a copy, the corrections, the other one, or a file
    /// without --overwrite.
    /// </summary>
    /// <param name="inputs">Images and videos.</param>
    /// <param name="targets">Their copies.</param>
    /// <exception cref="FaceLoupeException">It would.</exception>
    public void RefuseReportsOver(BlurInputs inputs, IReadOnlyList<string> targets)
    {
        var taken = inputs.Files.Select(file => file.Path).Concat(targets)
            .Concat(Apply is null ? [] : [Apply]).Select(Path.GetFullPath)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (flag, report) in new[] { ("--audit", Audit), ("--review", Review) })
        {
            if (report is null)
            {
                continue;
            }

            AtomicFile.RefuseAddress(report, flag);
            if (!taken.Add(Path.GetFullPath(report)))
            {
                throw new FaceLoupeException(
                    $"{flag} {report}: is also an image, video or file of this call; choose another.");
            }
        }

        if (Audit is not null && !Overwrite && !Resume && !AuditFile.IsFree(Audit))
        {
            throw new FaceLoupeException(
                $"--audit {Audit}: already exists; --resume continues it, --overwrite replaces it, another name keeps "
                    + "it.");
        }

        if (Review is not null && !Overwrite && Path.Exists(Review))
        {
            throw new FaceLoupeException(
                $"--review {Review}: already exists; --overwrite replaces it, another name keeps it.");
        }
    }
}
