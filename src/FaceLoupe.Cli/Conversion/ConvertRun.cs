using FaceLoupe.Cli.Terminal;
using FaceLoupe.Datasets;
using FaceLoupe.Predictions;
using FaceLoupe.Programs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Conversion;

/// <summary>One call of <c>faceloupe convert</c>.</summary>
/// <param name="Input">What to read.</param>
/// <param name="Output">What to write.</param>
/// <param name="From">Format of the input: wider, coco, yolo, voc or corrections.</param>
/// <param name="To">Format of the output.</param>
/// <param name="Images">Folder of the images; null if no format needs it.</param>
/// <param name="Predictions">Whether predictions are converted rather than annotations.</param>
/// <param name="Annotations">COCO annotations with the image ids; null if no format needs them.</param>
/// <param name="Categories">Categories of COCO annotations that are taken; empty: <c>face</c>, or all.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ConvertRun(
    string Input,
    string Output,
    string From,
    string To,
    string? Images,
    bool Predictions,
    string? Annotations,
    IReadOnlyList<string> Categories,
    TextWriter Error)
{
    /// <summary>Reads, writes, and reports what was lost.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        // Two formats with a file for each image may share a folder.
        OwnInput.Refuse("OUTPUT", Output, From == To || !Directory.Exists(Input) ? Input : null, Annotations);
        return Predictions ? ConvertPredictions() : ConvertAnnotations();
    }

    private int ConvertAnnotations()
    {
        var images = Images!;
        var folder = From switch
        {
            "wider" => WiderFaceDataset.Read(Input, images),
            "coco" => CocoDataset.Read(Input, images, Categories.Count == 0 ? null : Categories),
            "yolo" => YoloDataset.Read(Input, images),
            "corrections" => CorrectedPictures.Read(Input, images),
            _ => VocDataset.Read(Input, images),
        };
        if (folder.Pictures.Count == 0)
        {
            throw new FaceLoupeException($"{Input}: none of its images is in {images}; nothing to convert.");
        }

        var leftOut = 0;
        switch (To)
        {
            case "wider":
                WiderFaceDataset.Write(Output, folder.Pictures);
                break;
            case "coco":
                CocoDataset.Write(Output, folder.Pictures);
                break;
            case "yolo":
                leftOut = YoloDataset.Write(Output, folder.Pictures);
                break;
            default:
                VocDataset.Write(Output, folder.Pictures);
                break;
        }

        foreach (var line in folder.Report.ToString().Split('\n'))
        {
            Error.WriteLine(line.TrimEnd('\r'));
        }

        if (leftOut > 0)
        {
            Error.WriteLine(
                $"left out, as flagged invalid: {Numbers.Count(leftOut, "face")}; YOLO's format has no such flag");
        }

        if (To is "yolo" or "voc" && folder.Pictures.SelectMany(picture => picture.Faces).Any(HasAttributes))
        {
            Error.WriteLine(
                "blur, expression, illumination, occlusion and pose are lost: the format cannot hold them");
        }

        if (To != "coco"
            && folder.Pictures.SelectMany(picture => picture.Faces).Any(face => face.Landmarks is not null))
        {
            Error.WriteLine($"landmarks are lost: the format {To} cannot hold them");
        }

        return folder.Report.CountOf(AnnotationOddity.MissingPicture) > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    private int ConvertPredictions()
    {
        var predictions = From switch
        {
            "wider" => PredictionSet.ReadWider(Input),
            "coco" => CocoPredictions.Read(Input, Annotations!),
            "yolo" => PredictionSet.ReadYolo(Input, Images!),
            _ => VocPredictions.Read(Input),
        };
        switch (To)
        {
            case "wider":
                predictions.WriteWider(Output);
                break;
            case "coco":
                CocoPredictions.Write(Output, Annotations!, predictions);
                break;
            case "yolo":
                predictions.WriteYolo(Output, Images!);
                break;
            default:
                VocPredictions.Write(Output, predictions);
                break;
        }

        Error.WriteLine(
            $"{Numbers.Count(predictions.Boxes, "box", "boxes")} of "
            + Numbers.Count(predictions.Pictures.Count, "image"));
        return ExitCode.Fine;
    }

    private static bool HasAttributes(FaceAnnotation face) =>
        (face.Blur | face.Expression | face.Illumination | face.Occlusion | face.Pose) != 0;
}
