using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Commands;

namespace FaceLoupe.Cli;

/// <summary>The command line <c>faceloupe</c>: its verbs, and how faults become one line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where summaries and faults go.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var root = Create();

        // A file may be called @something: no response files.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            if (parsed.UnmatchedTokens.Count > 0)
            {
                return Fail(
                    error, $"There is no command or option '{parsed.UnmatchedTokens[0]}'. See 'faceloupe --help'.");
            }

            return Fail(error, $"{parsed.Errors[0].Message} See '{Path(parsed.CommandResult)} --help'.");
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (FaceLoupeException fault)
        {
            return Fail(error, fault.Message);
        }
    }

    /// <summary>The program's verbs.</summary>
    internal static RootCommand Create() => new("Finds faces of ten pixels in photographs of thousands.")
    {
        DetectCommand.Create(), EvaluateCommand.Create(), ConvertCommand.Create(), EnhanceCommand.Create(),
    };

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
