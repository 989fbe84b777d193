using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Annotation;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Detection;

/// <summary>The options of <c>faceloupe detect</c> besides those of the detector.</summary>
internal sealed class DetectFlags
{
    private readonly ShardOptions _shard = new();

    private readonly Option<bool> _recursive = NewOption.Recursive();

    private readonly Option<string> _format = NewOption.Choice(
        "--format", "json: one document; jsonl: a line per image, as soon as it is finished; parquet: a row per "
            + "image in Apache Parquet; csv: a row per face; coco: one COCO document with scores; yolo, voc: a label "
            + "file per image with scores; wider: the submission layout of WIDER FACE; fddb: the rectangles of FDDB; "
            + "both have logits as scores, go down to a score of 0, include subfolders and leave out videos; xmp: a "
            + "sidecar file photo.jpg.xmp per image with face regions for digiKam, Lightroom and immich. Each frame of "
            + "a video counts as an image: keys and columns 'frame' (from 0) and 'time' (in seconds), or in names "
            + "VIDEO_000012.",
        DetectFormats.All);

    private readonly Option<string?> _out = TextOption.Optional(
        "--out", "FILE|DIR",
        "Where the results go: a file, or for yolo, voc, wider, fddb and xmp a folder that mirrors the input "
            + "folder. A single file and the folder of --shard may be s3:// addresses. Default: standard output.",
        "-o");

    private readonly Option<string?> _json = TextOption.Optional(
        "--json", "FILE", "Short for --format json --out FILE.");

    private readonly Option<string> _yoloScores = NewOption.Choice(
        "--yolo-scores",
        "Whether rows of --format yolo end with the score, as predictions do; training data has no scores.",
        "yes", "no");

    private readonly Option<bool> _landmarks = NewOption.Switch(
        "--landmarks", "Also report eyes, nose and mouth corners of each face; needs a --model trained for them. "
            + "In json, jsonl, csv and coco (as keypoints), and as dots by --annotate.");

    private readonly Option<bool> _resume = NewOption.Switch(
        "--resume", "Skip images and frames that an earlier run with the same options has finished, and add to its "
            + "results. A json, csv or coco run that was killed leaves them in FILE.partial.jsonl. A video whose "
            + "marked copy is missing is searched again from the start.");

    private readonly Option<string?> _annotate = TextOption.Optional(
        "--annotate", "FILE|DIR",
        "Also write images and videos with the faces marked: a file for one input, a folder for several, "
            + "which mirrors the input folder. Formats that can only be read are written as .png or .mkv.");

    private readonly Option<string> _labels = NewOption.Choice(
        "--labels", "Scores beside the marked faces. auto: on all faces of an image if each is at least as wide as "
            + "its score, otherwise on none, and never in videos.",
        "auto", "always", "never");

    private readonly Option<string?> _crops = TextOption.Optional(
        "--crops", "DIR",
        "Also cut the faces out, best first, as IMAGE_0001.png or VIDEO_000012_0001.png and so on.");

    private readonly Option<float> _cropScale = NewOption.Number(
        "--crop-scale", "F", "How much larger than the face a crop is, from 1 to 10.", 1, 10, 1);

    private readonly Option<string?> _superResolve = TextOption.Optional(
        "--super-resolve", "DIR",
        "Also write what the generator makes of each face and its surroundings, four times as large. A face so large "
            + "that this would lose detail is cut out as it is.");

    private readonly Option<int> _jobs = NewOption.Jobs();

    private readonly Option<int> _every = Numbers.Whole(
        "--every", "Videos: search every N-th frame, from 1 to 10000. A marked video then has only these frames, "
            + "and no sound.", "N", 1, 10_000, 1);

    private readonly Option<bool> _strict = NewOption.Switch(
        "--strict", "Refuse images whose files show damage. Otherwise they are searched with a warning, and in json, "
            + "jsonl and coco they have the key 'damaged'.");

    private readonly Option<float> _timeout = NewOption.Timeout();

    private readonly IsolateFlags _isolate = new();

    private readonly Option<string?> _ffmpeg = NewOption.Ffmpeg();

    /// <summary>The inputs.</summary>
    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "Images, videos (which need ffmpeg), folders of them, quoted patterns such as "
            + "'photos/**/*.jpg', or '-' for an image on standard input; also s3:// and https:// addresses. Or tar "
            + "files of a data set, also as '{00000..00009}.tar': each becomes a file of rows in --out, "
            + "00000.faces.parquet.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Whether only faults are reported.</summary>
    public Option<bool> Quiet { get; } =
        NewOption.Switch("--quiet", "Report errors only: no progress, no summary.", "-q");

    /// <summary>Adds argument and options to the verb.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Inputs);
        foreach (var option in (Option[])[
            _shard.List, _shard.Part, _recursive, _format, _yoloScores, _landmarks, _out, _json, _resume, _annotate,
            _labels, _crops, _cropScale, _superResolve, _every, _strict, _timeout, _ffmpeg, _jobs, Quiet])
        {
            command.Options.Add(option);
        }

        _isolate.AddTo(command);
    }

    /// <summary>Refuses options that cannot be combined.</summary>
    public void Check(CommandResult result)
    {
        // Validators run before defaults are filled in.
        var (format, target) = (result.GetValue(_format) ?? "json", result.GetValue(_out));
        _shard.Check(result, result.GetValue(Inputs) ?? [], target, [_json, _annotate, _crops, _superResolve, _every]);
        var inputs = result.GetValue(Inputs) ?? [];
        if (inputs.Length == 0 && result.GetValue(_shard.List) is null)
        {
            result.AddError("Give at least one INPUT, or --list FILE.");
        }
        else if (inputs.Contains(InputList.StandardInput) && result.GetValue(_shard.List) == InputList.StandardInput)
        {
            result.AddError("Standard input is either an image ('-') or a list ('--list -'), not both.");
        }
        else if (result.GetValue(_json) is not null && (format != "json" || target is not null))
        {
            result.AddError("--json FILE is short for --format json --out FILE; give one of the two.");
        }
        else if (DetectFormats.NeedsFolder(format) && target is null)
        {
            result.AddError($"--format {format} needs --out: it writes one file per image into a folder.");
        }
        else if (format == "parquet" && target is null)
        {
            result.AddError("--format parquet needs --out: a terminal cannot show it.");
        }
        else if (result.GetValue(_shard.Part) is not null && format is not ("json" or "jsonl" or "parquet"))
        {
            result.AddError($"--shard writes --format jsonl or parquet, not {format}.");
        }
        else if (result.GetValue(_resume) && target is null && result.GetValue(_json) is null)
        {
            result.AddError("--resume needs --out: standard output cannot be continued.");
        }
        else if (result.GetResult(_yoloScores) is { Implicit: false } && format != "yolo")
        {
            result.AddError("--yolo-scores is for --format yolo.");
        }
        else if (result.GetValue(_landmarks) && format is not ("json" or "jsonl" or "csv" or "coco"))
        {
            result.AddError(
                $"--landmarks: --format {format} cannot hold them; give json, jsonl, csv or coco, "
                + "or leave out --landmarks.");
        }
        else if (result.GetResult(_cropScale) is { Implicit: false } && result.GetValue(_crops) is null)
        {
            result.AddError("--crop-scale is for --crops; give the folder too.");
        }
        else if (result.GetResult(_labels) is { Implicit: false } && result.GetValue(_annotate) is null)
        {
            result.AddError("--labels is for --annotate; give the file or folder too.");
        }
    }

    /// <summary>The request.</summary>
    public DetectRequest Request(ParseResult parsed, DetectorFlags detector) => new()
    {
        Inputs = parsed.GetValue(Inputs) ?? [],
        List = parsed.GetValue(_shard.List),
        Shard = _shard.Chosen(parsed),
        Recursive = parsed.GetValue(_recursive),
        Model = detector.Model(parsed),

        // The benchmark expects every box, however low its score.
        Options = detector.Options(parsed, DetectFormats.IsBenchmark(parsed.GetValue(_format)) ? 0 : null) with
        {
            Landmarks = parsed.GetValue(_landmarks),
        },
        MinFace = detector.MinFace(parsed),
        Format = Format(parsed),
        TarFormat = parsed.GetResult(_format) is { Implicit: false } ? parsed.GetValue(_format)! : "parquet",
        YoloScores = parsed.GetValue(_yoloScores) == "yes",
        Out = parsed.GetValue(_out) ?? parsed.GetValue(_json),
        Resume = parsed.GetValue(_resume),
        Annotate = parsed.GetValue(_annotate),
        Labels = Enum.Parse<ScoreLabels>(parsed.GetValue(_labels)!, ignoreCase: true),
        Crops = parsed.GetValue(_crops),
        CropScale = parsed.GetValue(_cropScale),
        SuperResolve = parsed.GetValue(_superResolve),
        ReadAhead = parsed.GetValue(_jobs),
        Every = parsed.GetValue(_every),
        Strict = parsed.GetValue(_strict),
        Time = PictureTime.OfSeconds(parsed.GetValue(_timeout)),
        Isolation = _isolate.Limits(parsed),
        Ffmpeg = parsed.GetValue(_ffmpeg),
    };

    // Documents cannot be joined line by line, so parts are JSON lines by default.
    private string Format(ParseResult parsed) =>
        parsed.GetValue(_format) is var format && format == "json" && parsed.GetValue(_shard.Part) is not null
            ? "jsonl" : format!;
}
