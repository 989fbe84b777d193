using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Commands;

/// <summary><c>faceloupe detect</c>: finds the faces of pictures.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Pictures, or folders of pictures (without their subfolders, but for --format wider).",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = $"Folder of the model. Default: {ModelBundle.DefaultName}, which comes with the program.",
            HelpName = "DIR",
        };
        var annotate = new Option<string?>("--annotate")
        {
            Description = "Also write pictures with the faces marked: a file for one picture, a folder for several.",
            HelpName = "FILE|DIR",
        };
        var minScore = new Option<float?>("--min-score")
        {
            Description =
                "Lowest score of a reported face, from 0 to 1. Default: the model's threshold; 0 for --format wider.",
            HelpName = "S",
            CustomParser = ParseScore,
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the JSON to a file instead of standard output.",
            HelpName = "FILE",
        };
        var stages = new Option<int>("--stages")
        {
            Description = "1: proposals only, 2: both stages.",
            HelpName = "1|2",
            CustomParser = ParseStages,
            DefaultValueFactory = _ => 2,
        };
        var format = new Option<string>("--format")
        {
            Description =
                "json, or wider: a text file a picture in the submission layout of WIDER FACE, with logits as scores.",
            HelpName = "json|wider",
            DefaultValueFactory = _ => "json",
        };
        format.AcceptOnlyFromAmong("json", "wider");
        var outFolder = new Option<string?>("--out")
        {
            Description = "Folder for --format wider: EVENT/PICTURE.txt, as the pictures lie in the folder given.",
            HelpName = "DIR",
        };
        inputs.Validators.Add(RefuseUnknownOptions);

        var command = new Command("detect", "Finds the faces of pictures; prints JSON to standard output.")
        {
            inputs, model, annotate, minScore, json, stages, format, outFolder,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(format) == "wider" != (result.GetValue(outFolder) is not null))
            {
                result.AddError(
                    "--format wider and --out go together: the one wants a folder, the other is only for it.");
            }
            else if (result.GetValue(outFolder) is not null && result.GetValue(json) is not null)
            {
                result.AddError("--json is the other format; it cannot stand beside --format wider.");
            }
        });
        command.SetAction(parsed => new DetectRun(
            parsed.GetRequiredValue(inputs),
            parsed.GetValue(model),
            parsed.GetValue(annotate),
            parsed.GetValue(json),
            parsed.GetValue(outFolder),
            new DetectorOptions
            {
                // The benchmark wants every box, however unsure.
                MinScore = parsed.GetValue(minScore) ?? (parsed.GetValue(outFolder) is null ? null : 0),
                Stages = (DetectionStages)parsed.GetValue(stages),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run());
        return command;
    }

    private static float? ParseScore(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            && score is >= 0 and <= 1)
        {
            return score;
        }

        result.AddError($"--min-score is '{text}', not a number from 0 to 1.");
        return null;
    }

    private static int ParseStages(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "1" or "2")
        {
            return text[0] - '0';
        }

        result.AddError($"--stages is '{text}', not 1 or 2.");
        return 0;
    }

    // The parser takes an unknown option for one more input.
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        var unknown = result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && !Path.Exists(token.Value));
        if (unknown is not null)
        {
            result.AddError($"There is no option '{unknown.Value}'.");
        }
    }
}
