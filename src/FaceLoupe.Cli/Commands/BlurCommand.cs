using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Cli.Streams;

namespace FaceLoupe.Cli.Commands;

/// <summary><c>faceloupe blur</c>: anonymises pictures and videos.</summary>
internal static class BlurCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description =
                "Pictures, videos (these need ffmpeg), folders of them, or quoted patterns such as 'photos/**/*.jpg'.",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result));
        var outPlace = new Option<string>("--out", "-o")
        {
            Description =
                "The masked copy: a file for one input, a folder for several. Formats that are only read become .png "
                + "or .mkv. Metadata (GPS, thumbnails, device) never come along; there is no option to keep them.",
            HelpName = "FILE|DIR",
            Required = true,
        };
        var mask = Choice("--mask", "gaussian", "What comes in the place of a face; only solid leaves nothing of it.",
            "gaussian", "pixelate", "solid");
        var shape = Choice("--shape", "ellipse", "Outline of the mask.", "ellipse", "box");
        var scale = new Option<float>("--mask-scale")
        {
            Description = "Sides of the mask over those of the face, from 1 to 5.",
            HelpName = "X",
            CustomParser = result => Numbers.ParseNumber(result, 1, 5),
            DefaultValueFactory = _ => new MaskOptions().Scale,
        };
        var color = new Option<MaskColor?>("--color")
        {
            Description = "Colour of --mask solid: #RRGGBB, black, white or grey. Default: black.",
            HelpName = "COLOR",
            CustomParser = ParseColor,
        };
        var recall = new Option<float?>("--target-recall")
        {
            Description =
                "Share of the faces to be hidden, such as 0.98: takes the threshold that gave it when the model was "
                + "measured, and prints what it costs in needless masks. Default: the highest that costs no more than "
                + ThresholdChoice.MostFalseAlarms.ToString(CultureInfo.InvariantCulture)
                + " a picture; of a model that knows none its own threshold.",
            HelpName = "R",
            CustomParser = Numbers.ParseShare,
        };
        var minScore = new Option<float?>("--min-score")
        {
            Description = "Lowest score of a masked box, from 0 to 1, instead of --target-recall.",
            HelpName = "S",
            CustomParser = Numbers.ParseShare,
        };
        var carry = new Option<int>("--carry")
        {
            Description =
                "Videos: frames that a box is carried over gaps, forward and backward, from 0 to "
                + $"{FaceTracker.MaxCarry.ToString(CultureInfo.InvariantCulture)}.",
            HelpName = "N",
            CustomParser = result => Numbers.ParseWhole(result, 0, FaceTracker.MaxCarry),
            DefaultValueFactory = _ => FaceTracker.DefaultCarry,
        };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Also take what lies in subfolders." };
        var overwrite = new Option<bool>("--overwrite")
        {
            Description = "Replace files that exist, also the originals if --out leads to them.",
        };
        var audit = new Option<string?>("--audit")
        {
            Description = "Write down every masked region, as JSON lines.",
            HelpName = "FILE",
        };
        var ffmpeg = FfmpegOption.Create();
        var command = new Command(
            "blur",
            "Hides the faces of pictures and videos. A face that is not found stays visible: look at the results.")
        {
            inputs, outPlace, mask, shape, scale, color, recall, minScore, carry, recursive, overwrite, audit, ffmpeg,
        };
        var model = new ModelFlags();
        model.AddTo(command);
        command.AddCheck(result =>
        {
            if (result.GetResult(color) is not null && result.GetValue(mask) != "solid")
            {
                result.AddError("--color is for --mask solid only.");
            }
            else if (result.GetResult(recall) is not null && result.GetResult(minScore) is not null)
            {
                result.AddError("--target-recall and --min-score both choose the threshold; give one of them.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var options = new BlurOptions(
                parsed.GetRequiredValue(inputs),
                parsed.GetRequiredValue(outPlace),
                model.Choice(parsed),
                new MaskOptions
                {
                    Kind = Enum.Parse<MaskKind>(parsed.GetRequiredValue(mask), ignoreCase: true),
                    Shape = Enum.Parse<MaskShape>(parsed.GetRequiredValue(shape), ignoreCase: true),
                    Scale = parsed.GetValue(scale),
                    Color = parsed.GetValue(color) ?? default,
                },
                parsed.GetValue(recall),
                parsed.GetValue(minScore),
                parsed.GetValue(carry),
                parsed.GetValue(recursive),
                parsed.GetValue(overwrite),
                parsed.GetValue(audit),
                parsed.GetValue(ffmpeg));
            var error = parsed.InvocationConfiguration.Error;
            var live = ErrorWriter.Terminal(error) is not null;

            // On a thread of its own, or Ctrl-C would not be heard before the end.
            return Task.Run(() => new BlurRun(options, error, live).Run(cancellation), CancellationToken.None);
        });
        return command.WithExamples(
            ("faceloupe blur photo.jpg --out hidden.jpg", "one picture"),
            ("faceloupe blur photos --recursive --out hidden --target-recall 0.9 --audit regions.jsonl",
                "a folder, and a list of all regions"),
            ("faceloupe blur crowd.mp4 --out hidden.mp4 --mask pixelate", "a video, with the system's ffmpeg"));
    }

    private static Option<string> Choice(string name, string standard, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            DefaultValueFactory = _ => standard,
        };
        option.AcceptOnly(choices);
        return option;
    }

    private static MaskColor? ParseColor(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (MaskColor.TryParse(text, out var color))
        {
            return color;
        }

        result.AddError($"--color is '{text}', not #RRGGBB, black, white or grey.");
        return null;
    }
}
