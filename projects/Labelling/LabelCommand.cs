using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceLoupe.Datasets;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Labelling;

/// <summary><c>faceloupe-train label</c>: completes annotations with the faces that public detectors find.</summary>
internal sealed class LabelCommand
{
    private const double LeastScale = 0.1;
    private const double MostScale = 16;

    private static readonly LabelOptions Defaults = new();

    private readonly Option<string> images =
        TextOption.Required("--images", "DIR", "Folder of images, or with images/ and bbx_gt.txt.");

    private readonly Option<string?> annotations = TextOption.Optional(
        "--annotations", "FILE", "Existing annotations: WIDER FACE's text or COCO's .json. Default: the folder's own.");

    private readonly Option<LabelKind> kind = Words.OneOf<LabelKind>(
        "--kind", "What is annotated: faces (correct, but some are missing), heads, or none (background).");

    private readonly Option<string[]> detectors = new("--detectors", "--teachers")
    {
        Description = "Pseudo-labellers: face detectors as ONNX files, or a folder of them.", Required = true,
        HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> output = TextOption.Required("--out", "FILE", "Annotation file to write.");

    private readonly Option<int> agree = Numbers.Whole(
        "--agree", "How many detectors must find a new face.", "N", 0, int.MaxValue, Defaults.Agree);

    private readonly Option<float> minScore = Numbers.Share(
        "--min-score", "Minimum mean confidence of a new face; from 0.5 on, a detector is nearly "
            + "always right.", Defaults.MinScore);

    private readonly Option<float> ignoreScore = Numbers.Share(
        "--ignore-score", "Minimum confidence of the most confident detector for a place to be ignored in training.",
        Defaults.IgnoreScore);

    private readonly Option<bool> restyle = new("--restyle")
    {
        Description = "Redraw the boxes of annotated faces as the detectors draw them: their fused box if --agree of "
            + "them find the face, otherwise a mapping fitted to the other faces. Detectors trained on WIDER FACE "
            + "follow its convention.",
    };

    private readonly Option<bool> landmarks = new("--landmarks")
    {
        Description =
            "Also write five landmarks of each face on which two detectors agree (YuNet and DBFace predict them); "
            + "--out is then a COCO file, in .json.",
    };

    private readonly Option<string?> originals = TextOption.Optional(
        "--originals", "DIR", "Folder of high-resolution images with the same names, for the detectors to search.");

    private readonly Option<string?> sheet = TextOption.Optional(
        "--sheet", "FILE", "Contact sheet of redrawn faces: the old box yellow, the new one green.");

    private readonly Option<double> scale = Numbers.Number(
        "--scale", "How much to enlarge images for detectors whose input size is not fixed.",
        LeastScale, MostScale, DetectorView.Enlargement);

    private readonly Option<double> extraScale = Numbers.Number(
        "--extra-scale", "Search again with images enlarged by this factor; 0: do not.", 0, MostScale, 0);

    private readonly Option<int> threads = Numbers.Threads("Images processed in parallel; 0: one per core.");

    private readonly Option<int> maxPictures = Numbers.Whole(
        "--max-pictures", "Maximum number of images, spread evenly; 0: all.", "N", 0, int.MaxValue, 0);

    private readonly Option<string?> record = TextOption.Optional(
        "--record", "DIR", "Folder for the boxes and scores of a single detector, as mine.recorded and "
            + "ablation.recordedMining read them.");

    private readonly Option<string?> draw =
        TextOption.Optional("--draw", "DIR", "Folder for images with the labels drawn.");

    public static Command Create()
    {
        var verb = new LabelCommand();
        var command = new Command("label", "Complete annotations with the faces that public detectors find.")
        {
            verb.images, verb.annotations, verb.kind, verb.detectors, verb.output, verb.agree, verb.minScore,
            verb.ignoreScore, verb.restyle, verb.landmarks, verb.originals, verb.scale, verb.extraScale,
            verb.threads, verb.maxPictures, verb.draw, verb.sheet, verb.record,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var options = new LabelOptions
        {
            Kind = parsed.GetValue(kind),
            Agree = parsed.GetValue(agree),
            MinScore = parsed.GetValue(minScore),
            IgnoreScore = parsed.GetValue(ignoreScore),
            Restyle = parsed.GetValue(restyle),
            Landmarks = parsed.GetValue(landmarks),
        };
        var files = DetectorFiles.Find(parsed.GetRequiredValue(detectors));
        options.Validate(files.Count);
        if (files.Count > 1 && parsed.GetValue(record) is { } folder)
        {
            throw new FaceLoupeException(
                $"--record {folder}: the boxes of one detector are recorded; give one to --detectors, with --agree 1.");
        }

        if (options.Landmarks && !AnnotationFile.IsCoco(parsed.GetRequiredValue(output)))
        {
            throw new FaceLoupeException(
                $"--out {parsed.GetRequiredValue(output)}: the text of WIDER FACE has no place for --landmarks; "
                + "give a name in .json.");
        }

        if (options.Kind == LabelKind.None && parsed.GetValue(annotations) is { } unread)
        {
            throw new FaceLoupeException(
                $"--annotations {unread}: --kind none says that there are no faces; give one of the two.");
        }

        if (options.Kind != LabelKind.None)
        {
            OwnInput.Refuse(
                "--out",
                parsed.GetRequiredValue(output),
                parsed.GetValue(annotations)
                    ?? Path.Combine(parsed.GetRequiredValue(images), WiderFaceDataset.AnnotationFileName));
        }

        var pictures = Pictures(parsed, options.Kind);
        foreach (var option in (Option<string?>[])[record, draw])
        {
            if (parsed.GetValue(option) is { } place)
            {
                DistinctStems.Require(
                    $"{option.Name} {place}",
                    pictures.Select(picture => picture.Name),
                    name => Path.ChangeExtension(name, null),
                    StringComparer.OrdinalIgnoreCase);
            }
        }

        var loaded = new List<PublicDetector>();
        try
        {
            foreach (var file in files)
            {
                loaded.Add(PublicDetector.Load(file));
            }

            if (options.Landmarks && loaded.Count(detector => detector.Format.PredictsLandmarks) < 2)
            {
                throw new FaceLoupeException(
                    "--landmarks: at least two detectors with landmarks must agree; "
                    + "give YuNet and DBFace to --detectors.");
            }

            return Label(parsed, new LabelRun(loaded, options)
            {
                Scale = (float)parsed.GetValue(scale),
                ExtraScale = (float)parsed.GetValue(extraScale),
                Originals = Originals(parsed),
                Sheet = parsed.GetValue(sheet),
                DrawFolder = parsed.GetValue(draw),
                RecordFolder = parsed.GetValue(record),
            }, pictures, options.Kind);
        }
        finally
        {
            loaded.ForEach(detector => detector.Dispose());
        }
    }

    private int Label(ParseResult parsed, LabelRun run, IReadOnlyList<AnnotatedPicture> pictures, LabelKind what)
    {
        var labelled = run.Label(pictures, parsed.GetValue(threads));
        AnnotationFile.Write(parsed.GetRequiredValue(output), labelled);
        Console.WriteLine(run.Report.Totals);
        if (parsed.GetValue(landmarks))
        {
            var faces = labelled.SelectMany(picture => picture.Faces).Where(face => !face.Invalid).ToArray();
            Console.WriteLine(FormattableString.Invariant(
                $"landmarks of {faces.Count(face => face.Landmarks is not null)} of {faces.Length} faces"));
        }

        if (what != LabelKind.None)
        {
            Console.WriteLine(run.Report.Table());
        }

        return run.Failures > 0 ? 1 : 0;
    }

    private IReadOnlyList<AnnotatedPicture> Pictures(ParseResult parsed, LabelKind what)
    {
        var folder = parsed.GetRequiredValue(images);
        var inner = Path.Combine(folder, "images");
        var pictures = (what == LabelKind.None ? AnnotatedFolder.OpenWithoutFaces(folder)
            : parsed.GetValue(annotations) is { } file
                ? AnnotationFile.Read(file, Directory.Exists(inner) ? inner : folder)
                : WiderFaceDataset.Open(folder)).Pictures;
        var most = parsed.GetValue(maxPictures);
        return most > 0 ? EvenSample.Of(pictures, most) : pictures;
    }

    private string? Originals(ParseResult parsed)
    {
        var folder = parsed.GetValue(originals);
        return folder is null || Directory.Exists(folder)
            ? folder
            : throw new FaceLoupeException(
                $"--originals {folder}: no such folder; give a folder of high-resolution images.");
    }
}
