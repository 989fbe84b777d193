using System.CommandLine;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Certifying;

/// <summary><c>faceloupe certify</c>: a threshold with a guarantee on somebody's own images.</summary>
internal static class CertifyCommand
{
    public static Command Create()
    {
        var pictures = new Argument<string>("IMAGES")
        {
            Description = "The folder to which the names in the annotation file are relative.",
        };
        var annotations = TextOption.Required(
            "--annotations", "FILE", "Annotation file in the text format of WIDER FACE; 'faceloupe convert' converts "
                + "other formats. It must contain every face of images drawn at random from those to be masked.");
        var miss = NewOption.Number(
            "--miss", "SHARE", "Share of the images that may show a face, from 0 to 1.", 0, 1, 0.05f);
        var confidence = NewOption.Number(
            "--confidence", "SHARE", "Confidence of the certificate, from 0 to 1.", 0, 1, 0.95f);
        var shape = NewOption.Choice("--shape", "Outline of the masks, as for blur.", "ellipse", "box");
        var scale = NewOption.MaskScale("Size of the mask relative to the face, as for blur");
        var minFace = NewOption.MinFace("Longer side of the smallest face that is masked, as for blur, in pixels.");
        var outFile = TextOption.Optional(
            "--out", "FILE", "Where the certificate goes. Default: standard output.", "-o");
        var check = TextOption.Optional(
            "--check", "FILE", "Check whether a certificate was made from these images, these annotations and this "
                + "model, and is unchanged; nothing is searched.");
        var model = new ModelFlags();
        var command = new Command(
            "certify",
            "Finds, on your own annotated images, the score threshold at which blur leaves a face visible in at most a "
                + "given share of such images, with a given confidence. Writes it as JSON for 'blur --certificate'.")
        {
            pictures, annotations, miss, confidence, shape, scale, minFace, outFile, check,
        };
        model.AddTo(command);
        command.AddCheck(result =>
        {
            if (result.GetResult(check) is not null
                && ((Option[])[miss, confidence, shape, scale, minFace, outFile])
                    .FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            {
                result.AddError($"--check makes no certificate and cannot be combined with {other.Name}.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () => new CertifyRun(
                parsed.GetRequiredValue(pictures),
                parsed.GetRequiredValue(annotations),
                Decimal(parsed.GetValue(miss)),
                Decimal(parsed.GetValue(confidence)),
                new AnonymiserOptions
                {
                    Mask = new MaskOptions
                    {
                        Shape = Enum.Parse<MaskShape>(parsed.GetRequiredValue(shape), ignoreCase: true),
                        Scale = parsed.GetValue(scale),
                    },
                    MinFace = parsed.GetValue(minFace),
                },
                model.Choice(parsed),
                parsed.GetValue(outFile),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error)
                {
                    Check = parsed.GetValue(check),
                }
                .Run(cancellation),
            CancellationToken.None));
        return command.WithExamples(
            ("faceloupe certify photos --annotations photos.bbx.txt --out certificate.json",
                "at most 1 image in 20, 19 times in 20"),
            ("faceloupe certify photos --annotations photos.bbx.txt --miss 0.02 --shape box --mask-scale 1.6 -o "
                + "boxes.json",
                "a stricter one, for larger masks"));
    }

    // 0.05 as it was typed, not 0.0500000007.
    private static double Decimal(float value) => (double)(decimal)value;
}
