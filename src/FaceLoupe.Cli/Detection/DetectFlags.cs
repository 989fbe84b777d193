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
    private static readonly string[] LabelNames = ["auto", "always", "never"];

    private readonly ShardOptions _shard = new();

    private readonly Option<bool> _recursive = new("--recursive", "-r")
    {
        Description = "Also search subfolders.",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "json: one document; jsonl: a line per image, as soon as it is finished; parquet: a row per "
            + "image in Apache Parquet; csv: a row per face; coco: one COCO document with scores; yolo, voc: a label "
            + "file per image with scores; wider: the submission layout of WIDER FACE; fddb: the rectangles of FDDB; "
            + "both have logits as scores, go down to a score of 0, include subfolders and leave out videos; xmp: a "
            + "sidecar file photo.jpg.xmp per image with face regions for digiKam, Lightroom and immich. Each frame of "
            + "a video counts as an image: keys and columns 'frame' (from 0) and 'time' (in seconds), or in names "
            + "VIDEO_000012.",
        HelpName = string.Join('|', DetectFormats.All), DefaultValueFactory = _ => "json",
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description =
            "Where the results go: a file, or for yolo, voc, wider, fddb and xmp a folder that mirrors the input "
            + "folder. A single file and the folder of --shard may be s3:// addresses. Default: standard output.",
        HelpName = "FILE|DIR",
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Short for --format json --out FILE.",
        HelpName = "FILE",
    };

    private readonly Option<string> _yoloScores = new("--yolo-scores")
    {
        Description =
            "Whether rows of --format yolo end with the score, as predictions do; training data has no scores.",
        HelpName = "yes|no", DefaultValueFactory = _ => "yes",
    };

    private readonly Option<bool> _landmarks = new("--landmarks")
    {
        Description = "Also report eyes, nose and mouth corners of each face; needs a --model trained for them. "
            + "In json, jsonl, csv and coco (as keypoints), and as dots by --annotate.",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Skip images and frames that an earlier run with the same options has finished, and add to its "
            + "results. A json, csv or coco run that was killed leaves them in FILE.partial.jsonl. A video whose "
            + "marked copy is missing is searched again from the start.",
    };

    private readonly Option<string?> _annotate = new("--annotate")
    {
        Description = "Also write images and videos with the faces marked: a file for one input, a folder for several, "
            + "which mirrors the input folder. Formats that can only be read are written as .png or .mkv.",
        HelpName = "FILE|DIR",
    };

    private readonly Option<string> _labels = new("--labels")
    {
        Description = "Scores beside the marked faces. auto: on all faces of an image if each is at least as wide as "
            + "its score, otherwise on none, and never in videos.",
        HelpName = string.Join('|', LabelNames), DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _crops = new("--crops")
    {
        Description = "Also cut the faces out, best first, as IMAGE_0001.png or VIDEO_000012_0001.png and so on.",
        HelpName = "DIR",
    };

    private readonly Option<float> _cropScale = new("--crop-scale")
    {
        Description = "How much larger than the face a crop is, from 1 to 10.",
        HelpName = "F", CustomParser = result => Numbers.ParseNumber(result, 1, 10), DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _superResolve = new("--super-resolve")
    {
        Description = "Also write what the generator makes of each face and its surroundings, four times as large. A "
            + "face so large that this would lose detail is cut out as it is.",
        HelpName = "DIR",
    };

    private readonly Option<int> _jobs = new("--jobs", "-j")
    {
        Description = "How many images or frames to decode ahead; each is held in memory.",
        HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, 64), DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _every = new("--every")
    {
        Description = "Videos: search every N-th frame, from 1 to 10000. A marked video then has only these frames, "
            + "and no sound.",
        HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 1, 10_000), DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description =
            "Refuse images whose files show damage. Otherwise they are searched with a warning, and in json, "
            + "jsonl and coco they have the key 'damaged'.",
    };

    private readonly Option<float> _timeout = TimeoutOption.Create();

    private readonly IsolateFlags _isolate = new();

    private readonly Option<string?> _ffmpeg = FfmpegOption.Create();

    public DetectFlags()
    {
        _format.AcceptOnly(DetectFormats.All);
        _labels.AcceptOnly(LabelNames);
        _yoloScores.AcceptOnly("yes", "no");
    }

    /// <summary>The inputs.</summary>
    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "Images, videos (these need ffmpeg), folders of them, quoted patterns such as "
            + "'photos/**/*.jpg', or '-' for an image on standard input; also s3:// and https:// "
            + "places. Or tar files of a data set, also as "
            + "'{00000..00009}.tar': each becomes a file of rows in --out, 00000.faces.parquet.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Whether only faults are reported.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Report errors only: no progress, no summary.",
    };

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

    /// <summary>Refuses options that do not go together.</summary>
    public void Check(CommandResult result)
    {
        // Defaults are not filled in yet where validators run.
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
            result.AddError("--json FILE is short for --format json --out FILE; leave out the one or the other.");
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
                $"--landmarks: --format {format} has no place for them; give json, jsonl, csv or coco, "
                + "or leave them out.");
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

    /// <summary>What is asked for.</summary>
    public DetectRequest Request(ParseResult parsed, DetectorFlags detector) => new()
    {
        Inputs = parsed.GetValue(Inputs) ?? [],
        List = parsed.GetValue(_shard.List),
        Shard = _shard.Chosen(parsed),
        Recursive = parsed.GetValue(_recursive),
        Model = detector.Model(parsed),

        // The benchmark wants every box, however unsure.
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

    // One document per part could not be joined line by line: parts are JSON lines unless asked for otherwise.
    private string Format(ParseResult parsed) =>
        parsed.GetValue(_format) is var format && format == "json" && parsed.GetValue(_shard.Part) is not null
            ? "jsonl" : format!;
}
