using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Programs;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Calibration;
using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Compression.Averaging;
using FaceLoupe.Training.Compression.Quantisation;
using FaceLoupe.Training.Drawing;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Import;
using FaceLoupe.Training.Labelling;
using FaceLoupe.Training.Paper;
using FaceLoupe.Training.Paper.Figures;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Cli;

/// <summary>The command line of <c>faceloupe-train</c>.</summary>
internal static class TrainCommandLine
{
    /// <summary>The program's verbs.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Train the networks of FaceLoupe.")
        {
            ProposalStage.Create(),
            MineStage.Create(),
            GeneratorStage.Create(),
            GanStage.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            NetworksCommand.Create(),
            AverageCommand.Create(),
            QuantizeCommand.Create(),
            LabelCommand.Create(),
            SplitCommand.Create(),
            ShrinkCommand.Create(),
            DrawCommand.Create(),
            CalibrateCommand.Create(),
            CurvesCommand.Create(),
            AblateCommand.Create(),
            PaperCommand.Create(Run),
            FiguresCommand.Create(),
            MeasureRegionsCommand.Create(),
        };
        HelpWithoutOldNames.ShowIn(root);
        return root;
    }

    /// <summary>Runs a verb. A user error is one line on standard error with exit code 2; divergence gives 1.</summary>
    public static int Run(string[] args)
    {
        var parsed = Create().Parse(args);
        if (Unknown(parsed) is { } unknown)
        {
            return Refuse(unknown);
        }

        if (Words.OptionWithoutValue(parsed.CommandResult) is { } option)
        {
            return Refuse($"Required argument missing for option: '{option}'.");
        }

        if (parsed.Errors.Count > 0 && parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            return Run([.. args, "--help"]); // Without a verb: list them.
        }

        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed.Errors[0].Message);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault) when (fault is FaceLoupeException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"faceloupe-train: {fault.Message.ReplaceLineEndings(" ")}");
            return 2;
        }
        catch (NotFiniteNumberException fault)
        {
            Console.Error.WriteLine($"faceloupe-train: {fault.Message}");
            return 1;
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"faceloupe-train: {message} (faceloupe-train --help lists verbs and options)");
        return 2;
    }

    // "ablate --colour": the parser takes an unknown option for the argument. Words after "--" are never options.
    private static string? Unknown(ParseResult parsed)
    {
        var (command, ends) = (parsed.CommandResult.Command, parsed.Tokens.Any(token => token.Value == "--"));
        var option = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => !ends && value.Length > 1 && value.StartsWith('-'));
        if (option is null && parsed.UnmatchedTokens.Count == 0)
        {
            return null;
        }

        var word = option ?? parsed.UnmatchedTokens[0];
        var known = command.Subcommands.Select(verb => verb.Name).Concat(command.Options.Select(known => known.Name));
        return Words.ThereIsNo("verb or option", word, known);
    }
}
