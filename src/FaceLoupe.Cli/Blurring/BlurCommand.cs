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
                "Images, videos (these need ffmpeg), folders of them, or quoted patterns such as 'photos/**/*.jpg'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        inputs.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result));
        var outPlace = new Option<string>("--out", "-o")
        {
            Description =
                "The masked copy: a file for one input, a folder for several. Formats that can only be read are "
                + "written as .png or .mkv. Metadata (GPS, thumbnails, device) is never copied; there is no option to "
                + "keep it.",
            HelpName = "FILE|DIR", Required = true,
        };
        var mask = Choice("--mask", "pixelate",
            "What replaces a face: pixelate a few noisy cells; solid one colour, the only one that "
                + "leaves nothing of it; gaussian a blur that looks gentle and can be undone.",
            "pixelate", "solid", "gaussian");
        var shape = Choice("--shape", "ellipse", "Outline of the mask.", "ellipse", "box");
        var scale = new Option<float>("--mask-scale")
        {
            Description = "Size of the mask relative to the face, from 1 to 5.",
            HelpName = "X", CustomParser = result => Numbers.ParseNumber(result, 1, 5),
            DefaultValueFactory = _ => new MaskOptions().Scale,
        };
        var feather = new Option<float>("--feather")
        {
            Description = "Width of a soft rim around the mask, relative to the face, from 0 to 1. The rim lies "
                + "outside the mask, which stays as large. Default: 0, a hard edge.",
            HelpName = "X", CustomParser = result => Numbers.ParseShare(result) ?? 0,
        };
        var color = new Option<MaskColor?>("--color")
        {
            Description = "Colour of --mask solid: #RRGGBB, black, white or grey. Default: black.",
            HelpName = "COLOR", CustomParser = ParseColor,
        };
        var recall = new Option<float?>("--target-recall")
        {
            Description =
                "Share of the faces to be hidden, such as 0.98: uses the threshold that achieved it when the model was "
                + "measured, and prints its cost in false-positive masks. Default: the highest that costs no more than "
                + ThresholdChoice.MostFalseAlarms.ToString(CultureInfo.InvariantCulture)
                + " per image, or the model's threshold if it has no such measurements.",
            HelpName = "R", CustomParser = Numbers.ParseShare,
        };
        var minScore = new Option<float?>("--min-score")
        {
            Description = "Lowest score of a masked box, from 0 to 1, instead of --target-recall.",
            HelpName = "S", CustomParser = Numbers.ParseShare,
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Use the threshold that 'faceloupe certify' tested on images like these; the audit names it.",
            HelpName = "FILE",
        };
        var minFace = new Option<float>("--min-face")
        {
            Description = "Longer side of the smallest face that is masked, in pixels; smaller ones stay visible. "
                + "Above 8, images are enlarged less. Default: any.",
            HelpName = "N", CustomParser = result => Numbers.ParseNumber(result, 0, 100_000),
        };
        var carry = new Option<int>("--carry")
        {
            Description =
                "Videos: how many frames a box is carried across gaps, forward and backward, from 0 to "
                + $"{FaceTracker.MaxCarry.ToString(CultureInfo.InvariantCulture)}.",
            HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, FaceTracker.MaxCarry),
            DefaultValueFactory = _ => FaceTracker.DefaultCarry,
        };
        var detectEvery = new Option<int>("--detect-every")
        {
            Description =
                "Videos: search only every N-th frame, from 1 to "
                + $"{FaceTracker.MaxDetectEvery.ToString(CultureInfo.InvariantCulture)}, and carry boxes across those "
                + "between; a frame that does not show a face where one is expected is searched as well.",
            HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 1, FaceTracker.MaxDetectEvery),
            DefaultValueFactory = _ => 1,
        };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Also search subfolders." };
        var overwrite = new Option<bool>("--overwrite")
        {
            Description = "Replace existing files, including the originals if --out leads to them. An original whose "
                + "format can only be read stays beside its masked copy; this is reported, and the exit code is 1.",
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Skip files that an earlier run with the same options has finished: with --audit, those "
                + "that FILE lists, whose lines are kept; without it, those whose result exists.",
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Search the result again and mask what is found; a file in which the eighth search still "
                + "finds something fails. Doubles the time.",
        };
        var audit = new Option<string?>("--audit")
        {
            Description = "Record every masked region, as JSON lines.",
            HelpName = "FILE",
        };
        var damaged = new Option<bool>("--allow-damaged")
        {
            Description = "Also mask images whose files are damaged. By default they are refused: people may recognise "
                + "a face that was not found because of the damage.",
        };
        var timeout = TimeoutOption.Create();
        var review = new Option<string?>("--review")
        {
            Description = "Write a local page that shows each image with its masks and near misses, where a person can "
                + "keep, remove and draw masks and save the corrections. The page shows the faces. Doubles the time.",
            HelpName = "FILE",
        };
        var apply = new Option<string?>("--apply")
        {
            Description = "Apply the corrections that the page of --review saved. Refused for other files.",
            HelpName = "FILE",
        };
        var format = Choice(
            "--format", "jsonl", "Format of the rows of --shard, whose faces are the masked regions.", "jsonl",
            "parquet");
        var ffmpeg = FfmpegOption.Create();
        var jobs = new Option<int>("--jobs", "-j")
        {
            Description = "How many images or frames to decode ahead; each is held in memory.",
            HelpName = "N", CustomParser = result => Numbers.ParseWhole(result, 0, 64), DefaultValueFactory = _ => 1,
        };
        var quiet = new Option<bool>("--quiet",
            "-q") { Description = "Report errors only: no threshold, no progress, no summary." };
        var command = new Command(
            "blur",
            "Hides the faces in images and videos. A face that is not found stays visible: check the results.")
        {
            inputs, shard.List, shard.Part, format, outPlace, mask, shape, scale, feather, color, recall, minScore,
                certificate, minFace, carry, detectEvery,
                recursive,
            overwrite, resume, verify, audit, review, apply, damaged, timeout, ffmpeg, jobs, quiet,
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
            var error = parsed.InvocationConfiguration.Error;
            var bars = ProgressBars.On(error, options.Quiet);

            // On a separate thread; otherwise Ctrl-C would take effect only at the end.
            return Task.Run(() => new BlurRun(options, error, bars).Run(cancellation), CancellationToken.None);
        });
        return command.WithExamples(
            ("faceloupe blur photo.jpg --out hidden.jpg", "one image"),
            ("faceloupe blur photos --recursive --out hidden --audit regions.jsonl",
                "a folder, and a list of all regions"),
            ("faceloupe blur photos --out hidden --mask solid --verify",
                "nothing left of the faces, and the result searched again"),
            ("faceloupe blur --list pictures.txt --shard 3/16 --out hidden --resume",
                "one machine's part of a list, of sixteen"),
            ("faceloupe blur crowd.mp4 --out hidden.mp4 --detect-every 5", "a video, with the system's ffmpeg"));
    }

    private static Option<string> Choice(string name, string standard, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices), DefaultValueFactory = _ => standard,
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
