using System.Text.Json.Nodes;
using FaceLoupe.Cli.Annotation;
using FaceLoupe.Cli.Archives;
using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Cli.Detection.FacePictures;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Video;
using FaceLoupe.Models;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>The options of a call of <c>faceloupe detect</c>.</summary>
internal sealed record DetectRequest
{
    /// <summary>Files, folders, patterns and '-', as given.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>A file that lists further inputs, '-' for standard input; null: none.</summary>
    public string? List { get; init; }

    /// <summary>The part of the list to process; null: all of it, not as part of a run on many machines.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Whether subfolders are searched too.</summary>
    public bool Recursive { get; init; }

    /// <summary>The model.</summary>
    public ModelChoice Model { get; init; } = new();

    /// <summary>Options of the detector.</summary>
    public required DetectorOptions Options { get; init; }

    /// <summary>Longer side of the smallest face that is reported, in pixels; 0: any.</summary>
    public float MinFace { get; init; }

    /// <summary>One of <see cref="DetectFormats.All"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Format of the rows of tar files; by default that of data sets.</summary>
    public string TarFormat { get; init; } = "parquet";

    /// <summary>Whether rows of YOLO's format end with the score.</summary>
    public bool YoloScores { get; init; } = true;

    /// <summary>File or folder of the results; null: standard output.</summary>
    public string? Out { get; init; }

    /// <summary>Whether images and frames that an earlier run finished are skipped.</summary>
    public bool Resume { get; init; }

    /// <summary>File or folder for marked images and videos; null: none.</summary>
    public string? Annotate { get; init; }

    /// <summary>Which marked faces are labelled with their scores.</summary>
    public ScoreLabels Labels { get; init; }

    /// <summary>Folder for the faces, cut out; null: none.</summary>
    public string? Crops { get; init; }

    /// <summary>Sides of the crops over those of the boxes.</summary>
    public float CropScale { get; init; } = 1;

    /// <summary>Folder for the faces, super-resolved; null: none.</summary>
    public string? SuperResolve { get; init; }

    /// <summary>How many images or frames are decoded ahead.</summary>
    public int ReadAhead { get; init; } = 1;

    /// <summary>Videos: 1: each frame is searched, 2: every other one, and so on.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether images whose files show damage are refused.</summary>
    public bool Strict { get; init; }

    /// <summary>How long one image may take.</summary>
    public PictureTime Time { get; init; } = PictureTime.Any;

    /// <summary>Decoding in separate processes; null: in this one.</summary>
    public IsolationLimits? Isolation { get; init; }

    /// <summary>ffmpeg or its folder; null: PATH.</summary>
    public string? Ffmpeg { get; init; }

    // Its images lie in folders of events, perhaps beside videos.
    private bool IsBenchmark => DetectFormats.IsBenchmark(Format);

    // Where results are sent in the end; null: they stay here.
    private string? SentTo { get; init; }

    /// <summary>Resolves the inputs, opens the model and runs.</summary>
    /// <param name="display">What is shown.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <param name="stop">Stops the run.</param>
    /// <returns>The exit code.</returns>
    public int Run(IDetectDisplay display, TextWriter output, Func<Stream> standardInput, CancellationToken stop)
    {
        if (Out is not null && ObjectStore.IsPlace(Out))
        {
            return RunRemote(display, output, standardInput, stop);
        }

        var listed = List is null || Shard is not null ? null : ListFile.Read(List, standardInput);
        if (TarInputs.Of(this, listed) is { } tars)
        {
            if (SentTo is not null)
            {
                throw NeedsThisMachine(SentTo);
            }

            return Run(tars, display, stop);
        }

        var list = Shard is { } part ? ShardList.Read(List!, part) : null;
        var inputs = list is not null ? ShardInputs.Of(list) : InputList.Of(
            Inputs,
            Recursive || IsBenchmark,
            listed,
            [.. new[] { Out, Annotate, Crops, SuperResolve }.OfType<string>()],
            IsBenchmark ? VideoInputs.Named : VideoInputs.All);
        if (list is not null)
        {
            OutputFile.MakeFolder("--out", Out!);
        }
        else if (Out is not null && !DetectFormats.NeedsFolder(Format))
        {
            OutputFile.Check("--out", Out, inputs);
        }

        foreach (var note in inputs.Notes)
        {
            display.Fault(note);
        }

        var annotations = Annotate is null
            ? null
            : new CopyTargets("--annotate", Annotate).Of(inputs.Files, inputs.OneFileNamed);
        if (inputs.Paths.Count == 0 && list is null)
        {
            foreach (var fault in inputs.Faults)
            {
                display.Fault(fault.Message);
            }

            return ExitCode.NothingDone;
        }

        using var bundle = Model.Open(display.Fault);
        using var detector = new FaceLoupeDetector(bundle, Options);
        if (list is not null)
        {
            RunRecord.Claim(Out!, RunRecord.Of(
                "detect", list, Shard!.Value.Count, Format, bundle.Manifest, RecordedOptions(detector)));
        }

        var stems = new InputStems(inputs);
        using var results = Open(inputs, stems, detector, output);
        if (IsBenchmark)
        {
            EvaluationSettings.OfModel(bundle, detector.Detection, Options.Stages, MinFace).WriteTo(Out!);
        }

        using var store = new ObjectStore();
        var search = new FaceSearch(
            inputs, stems, detector, MinFace, results, FacePictures(inputs, stems, annotations, bundle))
        {
            Store = store,
        };
        var ffmpeg = new Lazy<FfmpegTools>(() => FfmpegTools.Find(Ffmpeg));
        var videos = new VideoSearch(search, ffmpeg, Every, ReadAhead, annotations, Labels, display);
        var decoder = IsolationLimits.Open(Isolation, ReadAhead + 1);
        using var workers = decoder as IDisposable;
        return new DetectRun(search, videos, ReadAhead, display, standardInput)
        {
            Strict = Strict,
            Time = Time,
            Decoder = decoder,
        }.Run(stop);
    }

    private static FaceLoupeException NeedsThisMachine(string place) => new(
        $"--out {place}: only a single file or the parts of --shard can be written there; one file per image or tar "
        + "file must be written on this machine.");

    private int RunRemote(IDetectDisplay display, TextWriter output, Func<Stream> standardInput, CancellationToken stop)
    {
        if (!Out!.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            throw new FaceLoupeException($"--out {Out}: cannot be written to; only s3:// places are.");
        }

        if (DetectFormats.NeedsFolder(Format) || Inputs.Any(TarFile.IsTar))
        {
            throw NeedsThisMachine(Out);
        }

        using var store = new ObjectStore();
        using var folder = new RemoteOutput(store, Out!, Shard is not null);
        folder.Fetch(Shard is { } shard ? $"{shard.Name}.{Format}" : null, Resume);
        try
        {
            return (this with { Out = folder.Place, SentTo = Out }).Run(display, output, standardInput, stop);
        }
        catch (FaceLoupeException fault)
        {
            throw new FaceLoupeException(fault.Message.Replace(folder.Place, Out, StringComparison.Ordinal), fault);
        }
        finally
        {
            folder.Send();
        }
    }

    private int Run(TarInputs tars, IDetectDisplay display, CancellationToken stop)
    {
        OutputFile.MakeFolder("--out", Out!);
        using var bundle = Model.Open(display.Fault);
        using var detector = new FaceLoupeDetector(bundle, Options);
        RunRecord.Claim(Out!, tars.Describe(RunRecord.Of(
            "detect", tars.List, tars.Shards, TarFormat, bundle.Manifest, RecordedOptions(detector))));
        var decoder = IsolationLimits.Open(Isolation, ReadAhead + 1);
        using var workers = decoder as IDisposable;
        return new TarRun(detector, RowFormat.Of(TarFormat), Out!, display)
        {
            MinFace = MinFace,
            Resume = Resume,
            Strict = Strict,
            Time = Time,
            ReadAhead = ReadAhead,
            Decoder = decoder,
        }.Run(tars.List.Paths, stop);
    }

    // The options that results depend on, besides list and model.
    private JsonObject RecordedOptions(FaceLoupeDetector detector)
    {
        var recorded = new JsonObject
        {
            ["threshold"] = DetectionDocument.Rounded(detector.MinScore, 6),
            ["minFace"] = DetectionDocument.Rounded(MinFace, 2),
            ["stages"] = (int)Options.Stages,
            ["everywhere"] = Options.FullSearch,
            ["strict"] = Strict,
            ["timeout"] = Time.Limit?.TotalSeconds ?? 0,
        };

        // Records of runs without landmarks stay as they were in versions without them.
        if (Options.Landmarks)
        {
            recorded["landmarks"] = true;
        }

        return recorded;
    }

    private IDetectionOutput Open(
        InputList inputs, InputStems stems, FaceLoupeDetector detector, TextWriter output) => Format switch
    {
        "json" => new DocumentOutput(
            inputs, DocumentFormat.Json(detector.Model, detector.ModelReason, detector.MinScore), Out, Resume, output),
        "csv" => new DocumentOutput(inputs, DocumentFormat.Csv(Options.Landmarks), Out, Resume, output),
        "coco" => new DocumentOutput(
            inputs, DocumentFormat.Coco(detector.Model, Options.Landmarks), Out, Resume, output),
        _ when Shard is { } shard => new RowsOutput(
            inputs, RowFormat.Of(Format), Path.Join(Out!, $"{shard.Name}.{Format}"), Resume, isShard: true),
        "parquet" => new RowsOutput(inputs, RowFormat.Parquet, Out!, Resume, isShard: false),
        "jsonl" => new LinesOutput(inputs, Out, Resume, output),
        "xmp" => new XmpOutput(inputs, Out!, Resume),
        _ => new FolderOutput(inputs, stems, Format, Out!, Resume, YoloScores),
    };

    private List<IFacePictures> FacePictures(
        InputList inputs, InputStems stems, IReadOnlyList<CopyTarget>? annotations, ModelBundle bundle)
    {
        var pictures = new List<IFacePictures>();
        if (annotations is not null)
        {
            pictures.Add(new AnnotatedCopies(annotations, Labels));
        }

        if (Crops is not null)
        {
            pictures.Add(new FaceCrops(new FaceFileNames("--crops", Crops, inputs, stems), CropScale));
        }

        if (SuperResolve is not null)
        {
            pictures.Add(new SuperResolvedFaces(
                new FaceFileNames("--super-resolve", SuperResolve, inputs, stems), bundle));
        }

        return pictures;
    }
}
