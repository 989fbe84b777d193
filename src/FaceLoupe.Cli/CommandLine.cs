using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Cli.Certifying;
using FaceLoupe.Cli.Completion;
using FaceLoupe.Cli.Conversion;
using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Diagnosis;
using FaceLoupe.Cli.Enhancing;
using FaceLoupe.Cli.Evaluation;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Mcp;
using FaceLoupe.Cli.Merging;
using FaceLoupe.Cli.Serving;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Codecs;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli;

/// <summary>The command line <c>faceloupe</c>: its verbs, and how faults become a line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where summaries and faults go.</param>
    /// <param name="input">Opens standard input; null: the process's own.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<Stream>? input = null)
    {
        MoreFormats.Enable();
        error = error as ErrorWriter ?? new ErrorWriter(error);
        var root = Create(input);

        // File names may begin with @, so there are no response files.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (Words.OptionWithoutValue(parsed.CommandResult) is { } option)
        {
            return Fail(
                error,
                $"Required argument missing for option: '{option}'. See '{Path(parsed.CommandResult)} --help'.");
        }

        if (parsed.Errors.Count > 0 && !IsSuggestion(parsed))
        {
            if (parsed.UnmatchedTokens.Count > 0)
            {
                return Fail(error, $"{Unknown(parsed)} See '{Path(parsed.CommandResult)} --help'.");
            }

            // "faceloupe" and "faceloupe evaluate" show the help.
            if (parsed.CommandResult.Command.Subcommands.Count > 0)
            {
                return Run([.. args, "--help"], output, error, input);
            }

            return Fail(error, $"{parsed.Errors[0].Message} See '{Path(parsed.CommandResult)} --help'.");
        }

        return Guard(error, () => Invoke(parsed, new InvocationConfiguration
        {
            Output = new ResultWriter(output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected),
            Error = error,
            EnableDefaultExceptionHandler = false,

            // The parser's own signal handling would end the process after two seconds.
            ProcessTerminationTimeout = null,
        }));
    }

    /// <summary>Runs a verb; an exception becomes one line and an exit code.</summary>
    /// <param name="error">Where the line goes.</param>
    /// <param name="run">The verb.</param>
    /// <returns>The exit code.</returns>
    internal static int Guard(TextWriter error, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (FaceLoupeException fault)
        {
            return Fail(error, fault.Message);
        }
        catch (OperationCanceledException)
        {
            // Verbs that keep finished results report it themselves; the others have nothing to keep.
            Fail(error, "Stopped; nothing more was written.");
            return ExitCode.Stopped;
        }
        catch (ReaderGoneException)
        {
            return ExitCode.ReaderGone;
        }
        catch (OutOfMemoryException)
        {
            return Fail(error, "There is not enough memory; give fewer or smaller inputs, or the process more memory.");
        }
    }

    /// <summary>The program's verbs.</summary>
    /// <param name="input">Opens standard input; null: the process's own.</param>
    internal static RootCommand Create(Func<Stream>? input = null)
    {
        var root = new RootCommand("Finds faces in photographs, even those only ten pixels wide.")
        {
            DetectCommand.Create(input ?? Console.OpenStandardInput),
            BlurCommand.Create(input ?? Console.OpenStandardInput),
            MergeCommand.Create(), CertifyCommand.Create(), EnhanceCommand.Create(), EvaluateCommand.Create(),
            ConvertCommand.Create(), ServeCommand.Create(), McpCommand.Create(input ?? Console.OpenStandardInput),
            DoctorCommand.Create(), CompletionCommand.Create(), WorkerCommand.Create(),
        };
        root.WithExamples(
            ("faceloupe detect photo.jpg", "the faces of an image, as JSON"),
            ("faceloupe detect photos --annotate marked --json faces.json", "a folder, and marked copies of it"),
            ("faceloupe doctor", "check the installation"));
        Examples.ShowIn(root);
        return root;
    }

    // Asynchronous verbs get a token that signals cancel; the others end at once, as any program.
    private static int Invoke(ParseResult parsed, InvocationConfiguration configuration)
    {
        if (parsed.Action is not AsynchronousCommandLineAction)
        {
            return parsed.Invoke(configuration);
        }

        using var stop = new StopSignal();
        return parsed.InvokeAsync(configuration, stop.Token).GetAwaiter().GetResult();
    }

    private static string Unknown(ParseResult parsed)
    {
        var (word, command) = (parsed.UnmatchedTokens[0], parsed.CommandResult.Command);
        if (command is RootCommand && System.IO.Path.Exists(word))
        {
            return $"There is no command '{word}'; did you mean 'faceloupe detect {word}'?";
        }

        string[] known =
        [
            .. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name),
            .. CommandChecks.OptionsAround(parsed.CommandResult),
        ];
        return Words.ThereIsNo("command or option", word, known);
    }

    // "faceloupe [suggest:7] 'detect '" comes from a completion script; an incomplete line is no fault there.
    private static bool IsSuggestion(ParseResult parsed) =>
        parsed.Tokens is [{ Type: TokenType.Directive } directive, ..]
        && directive.Value.StartsWith("[suggest", StringComparison.Ordinal);

    // The verbs that were given: "faceloupe evaluate boxes".
    private static string Path(CommandResult command) => command.Parent is CommandResult parent
        ? $"{Path(parent)} {command.Command.Name}"
        : "faceloupe";

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine($"faceloupe: {message.ReplaceLineEndings(" ")}");
        return ExitCode.NothingDone;
    }
}
