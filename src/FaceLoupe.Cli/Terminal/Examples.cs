using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Terminal;

/// <summary>Examples of verbs, which <c>--help</c> shows at its end.</summary>
internal static class Examples
{
    // Examples live as long as their command; the library has no property for them.
    private static readonly ConditionalWeakTable<Command, (string Line, string Purpose)[]> Known = [];

    /// <summary>Gives examples to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="examples">Whole command lines, each with what it is for.</param>
    public static Command WithExamples(this Command command, params (string Line, string Purpose)[] examples)
    {
        Known.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>The examples of a verb; none if it was given none.</summary>
    public static IReadOnlyList<(string Line, string Purpose)> Of(Command command) =>
        Known.TryGetValue(command, out var examples) ? examples : [];

    /// <summary>Makes the help of a program show the examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();

        // "-?" may be a pattern, and "/h" a file.
        foreach (var alias in help.Aliases.Where(alias => alias != "-h").ToArray())
        {
            help.Aliases.Remove(alias);
        }

        HelpWithoutOldNames.ShowIn(root);
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var examples = Of(parseResult.CommandResult.Command);
            if (examples.Count > 0)
            {
                output.WriteLine("Examples:");
                foreach (var (line, purpose) in examples)
                {
                    output.WriteLine($"  # {purpose}");
                    output.WriteLine($"  {line}");
                }

                output.WriteLine();
            }

            return code;
        }
    }
}
