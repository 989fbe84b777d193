using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Blurring;

/// <summary><c>faceloupe blur</c>: anonymises images and videos.</summary>
internal static class BlurCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="standardInput">Opens standard input, for lists that come from there.</param>
    public static Command Create(Func<Stream> standardInput)
    {
        var shard = new ShardOptions();
        var inputs = new Argument<string[]>("INPUT")
        {
            Description =
                "Images, videos (which need ffmpeg), folders of them, or quoted patterns such as 'photos/**/*.jpg'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        inputs.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result));
        var outPlace = TextOption.Required(
            "--out", "FILE|DIR",
            "The masked copy: a file for one input, a folder for several. Formats that can only be read are written "
                + "as .png or .mkv. Metadata (GPS, thumbnails, device) is never copied; there is no option to keep it.",
            "-o");
        var mask = NewOption.Choice(
            "--mask", "What replaces a face. pixelate: a few noisy cells; solid: one colour, the only one that leaves "
                + "nothing of the face; gaussian: a blur that looks gentle and can be undone.",
            "pixelate", "solid", "gaussian");
        var shape = NewOption.Choice("--shape", "Outline of the mask.", "ellipse", "box");
        var scale = NewOption.MaskScale("Size of the mask relative to the face");
        var feather = NewOption.Number(
            "--feather", "X", "Width of a soft rim around the mask, relative to the face, from 0 to 1. The rim lies "
                + "outside the mask, which keeps its size. Default: 0, a hard edge.", 0, 1);
        var color = new Option<MaskColor?>("--color")
        {
            Description = "Colour of --mask solid: #RRGGBB, black, white or grey. Default: black.",
            HelpName = "COLOR", CustomParser = ParseColor,
        };
        var recall = NewOption.Share(
            "--target-recall", "R",
            "Share of the faces to be hidden, such as 0.98: uses the threshold that achieved it when the model was "
                + "measured, and prints its cost in false-positive masks. Default: the highest that costs no more than "
                + ThresholdChoice.MostFalseAlarms.ToString(CultureInfo.InvariantCulture)
                + " per image, or the model's threshold if it has no such measurements.");
        var minScore = NewOption.Share(
            "--min-score", "S", "Lowest score of a masked box, from 0 to 1, instead of --target-recall.");
        var certificate = TextOption.Optional(
            "--certificate", "FILE",
            "Use the threshold that 'faceloupe certify' tested on images like these; the audit names it.");
        var minFace = NewOption.MinFace(
            "Longer side of the smallest face that is masked, in pixels; smaller ones stay visible. Above 8, images "
                + "are enlarged less.");
        var carry = Numbers.Whole(
            "--carry", "Videos: how many frames a box is carried across gaps, forward and backward, from 0 to "
                + $"{FaceTracker.MaxCarry.ToString(CultureInfo.InvariantCulture)}.",
            "N", 0, FaceTracker.MaxCarry, FaceTracker.DefaultCarry);
        var detectEvery = Numbers.Whole(
            "--detect-every", "Videos: search only every N-th frame, from 1 to "
                + $"{FaceTracker.MaxDetectEvery.ToString(CultureInfo.InvariantCulture)}, and carry boxes across those "
                + "between; a frame that does not show a face where one is expected is searched as well.",
            "N", 1, FaceTracker.MaxDetectEvery, 1);
        var recursive = NewOption.Recursive();
        var overwrite = NewOption.Switch(
            "--overwrite", "Replace existing files, including the originals if --out leads to them. An original whose "
                + "format can only be read stays beside its masked copy; this is reported, and the exit code is 1.");
        var resume = NewOption.Switch(
            "--resume", "Skip files that an earlier run with the same options has finished: with --audit, those "
                + "that FILE lists, whose lines are kept; without it, those whose result exists.");
        var verify = NewOption.Switch(
            "--verify", "Search the result again and mask what is found; a file in which the eighth search still "
                + "finds something fails. Doubles the time.");
        var audit = TextOption.Optional("--audit", "FILE", "Record every masked region, as JSON lines.");
        var damaged = NewOption.Switch(
            "--allow-damaged", "Also mask images whose files are damaged. By default they are refused: a face "
                + "hidden by the damage may be missed and stay visible.");
        var timeout = NewOption.Timeout();
        var review = TextOption.Optional(
            "--review", "FILE", "Write a local page that shows each image with its masks and near misses, where a "
                + "person can keep, remove and draw masks and save the corrections. The page shows the faces. Doubles "
                + "the time.");
        var apply = TextOption.Optional(
            "--apply", "FILE", "Apply the corrections that the page of --review saved. Refused for other files.");
        var format = NewOption.Choice(
            "--format", "Format of the rows of --shard, whose faces are the masked regions.", "jsonl", "parquet");
        var ffmpeg = NewOption.Ffmpeg();
        var jobs = NewOption.Jobs();
        var quiet = NewOption.Switch(
            "--quiet", "Report errors only: no threshold, no progress, no summary.", "-q");
        var command = new Command("blur",
            "Hides the faces in images and videos. A face that is not found stays visible: check the results.")
        {
            inputs, shard.List, shard.Part, format, outPlace, mask, shape, scale, feather, color, recall, minScore,
            certificate, minFace, carry, detectEvery, recursive, overwrite, resume, verify, audit, review,
            apply, damaged, timeout, ffmpeg, jobs, quiet,
        };
        var isolate = new IsolateFlags();
        isolate.AddTo(command);
        var model = new ModelFlags();
        model.AddTo(command);
        command.AddCheck(result =>
        {
            shard.Check(result, result.GetValue(inputs) ?? [], result.GetValue(outPlace), [audit, review, apply]);
            if (result.GetValue(inputs) is not { Length: > 0 } && result.GetValue(shard.List) is null)
            {
                result.AddError("Give at least one INPUT, or --list FILE.");
            }
            else if (result.GetResult(format) is { Implicit: false } && result.GetValue(shard.Part) is null)
            {
                result.AddError("--format is for the rows of --shard; without it, --audit records what was masked.");
            }
            else if (result.GetResult(color) is not null && result.GetValue(mask) != "solid")
            {
                result.AddError("--color is for --mask solid only.");
            }
            else if (((Option[])[recall, minScore, certificate]).Where(option => result.GetResult(option) is not null)
                .ToArray()
                is [var one, var other, ..])
            {
                result.AddError($"{one.Name} and {other.Name} both choose the threshold; give one of them.");
            }
            else if (result.GetValue(apply) is not null && result.GetValue(verify))
            {
                result.AddError("--verify would mask what --apply keeps clear; give one of them.");
            }
            else if (result.GetValue(review) is not null && result.GetValue(resume))
            {
                result.AddError("--review shows all images, and --resume leaves some out; give one of them.");
            }
            else if (result.GetValue(resume) && result.GetValue(overwrite))
            {
                result.AddError(
                    "--resume keeps the files that are there and --overwrite replaces them; give one of them.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var options = new BlurOptions(
                parsed.GetValue(inputs) ?? [],
                parsed.GetRequiredValue(outPlace),
                model.Choice(parsed),
                new AnonymiserOptions
                {
                    Mask = new MaskOptions
                    {
                        Kind = Enum.Parse<MaskKind>(parsed.GetRequiredValue(mask), ignoreCase: true),
                        Shape = Enum.Parse<MaskShape>(parsed.GetRequiredValue(shape), ignoreCase: true),
                        Scale = parsed.GetValue(scale),
                        Feather = parsed.GetValue(feather),
                        Color = parsed.GetValue(color) ?? default,
                    },
                    TargetRecall = parsed.GetValue(recall),
                    MinScore = parsed.GetValue(minScore),
                    MinFace = parsed.GetValue(minFace),
                },
                parsed.GetValue(certificate),
                parsed.GetValue(carry),
                parsed.GetValue(detectEvery),
                parsed.GetValue(recursive),
                parsed.GetValue(overwrite),
                parsed.GetValue(resume),
                parsed.GetValue(verify),
                parsed.GetValue(jobs),
                parsed.GetValue(quiet),
                parsed.GetValue(audit),
                parsed.GetValue(ffmpeg))
            {
                AllowDamaged = parsed.GetValue(damaged),
                Time = PictureTime.OfSeconds(parsed.GetValue(timeout)),
                Isolation = isolate.Limits(parsed),
                Review = parsed.GetValue(review),
                Apply = parsed.GetValue(apply),
                List = parsed.GetValue(shard.List),
                Shard = shard.Chosen(parsed),
                ShardFormat = parsed.GetRequiredValue(format),
                StandardInput = standardInput,
            };
            var bars = ProgressBars.On(parsed.InvocationConfiguration.Error, options.Quiet);

            // On a separate thread; otherwise Ctrl-C would take effect only at the end.
            return Task.Run(() => new BlurRun(options, bars).Run(cancellation), CancellationToken.None);
        });
        return command.WithExamples(
            ("faceloupe blur photo.jpg --out hidden.jpg", "one image"),
            ("faceloupe blur photos --recursive --out hidden --audit masks.jsonl",
                "a folder, and a list of all masks"),
            ("faceloupe blur photos --out hidden --mask solid --verify",
                "nothing left of the faces, and the result searched again"),
            ("faceloupe blur --list pictures.txt --shard 3/16 --out hidden --resume",
                "one machine's part of a list, of sixteen"),
            ("faceloupe blur crowd.mp4 --out hidden.mp4 --detect-every 5", "a video, with the system's ffmpeg"));
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
