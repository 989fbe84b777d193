using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Enhancing;

/// <summary><c>faceloupe enhance</c>: what the generator makes of the faces of images.</summary>
internal static class EnhanceCommand
{
    private const int DefaultFaces = 40;
    private const int MostFaces = 400;

    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Images, or folders of images (without their subfolders).",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result));
        var output = TextOption.Required(
            "--out", "DIR", "Folder for a contact sheet per image, and enhance.json with PSNR and SSIM.");
        var reference = TextOption.Optional(
            "--reference", "IMAGE",
            "A higher-resolution version of the only input; its crops are the real ones to compare with.");
        var minScore = NewOption.Share(
            "--min-score", "S", "Lowest score of a face, from 0 to 1. Default: the model's threshold.");
        var faces = Numbers.Whole(
            "--faces", $"Most faces per image, the most confident first. From 1 to {MostFaces}.", "N", 1, MostFaces,
            DefaultFaces);
        var files = NewOption.Switch("--files", "Also write every crop as a separate image.");
        var command = new Command("enhance",
            "Shows faces as the networks see them: low resolution, bicubic, G1, G1+G2 and, where known, real.")
        {
            inputs, output, reference, minScore, faces, files,
        };
        var model = new ModelFlags();
        model.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(new EnhanceRun(
            parsed.GetRequiredValue(inputs),
            parsed.GetRequiredValue(output),
            model.Choice(parsed),
            parsed.GetValue(reference),
            parsed.GetValue(faces),
            parsed.GetValue(files),
            new DetectorOptions { MinScore = parsed.GetValue(minScore) },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellation)));
        return command.WithExamples(
            ("faceloupe enhance crowd.jpg --out sheets", "a sheet of the most confident faces"),
            ("faceloupe enhance small.jpg --out sheets --reference large.jpg",
                "beside the real ones, with PSNR and SSIM"));
    }
}
