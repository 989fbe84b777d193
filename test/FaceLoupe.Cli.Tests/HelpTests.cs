using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Verbs => [.. Paths(CommandLine.Create(), "")];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void every_verb_shows_examples_at_the_end_of_its_help(string verb)
    {
        var call = CliCall.Run([.. Words(verb), "--help"]);

        (call.ExitCode, call.Error).ShouldBe((0, ""));
        var examples = call.Output[call.Output.LastIndexOf("\nExamples:\n", StringComparison.Ordinal)..]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        examples.Length.ShouldBeGreaterThan(1);
        examples.Where((_, i) => i % 2 == 0).ShouldAllBe(line => line.StartsWith("  # ", StringComparison.Ordinal));
        examples.Where((_, i) => i % 2 == 1)
            .ShouldAllBe(line => line.StartsWith($"  faceloupe {verb}".TrimEnd(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void every_example_is_a_sound_command_line(string verb)
    {
        var root = CommandLine.Create();
        var command = Words(verb).Aggregate((Command)root, (parent, name) =>
            parent.Subcommands.Single(inner => inner.Name == name));
        foreach (var (line, _) in Examples.Of(command))
        {
            var args = CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1).ToArray();
            root.Parse(args).Errors.ShouldBeEmpty(line);
        }
    }

    [Theory]
    [InlineData("detect", "--full-search", "--everywhere")]
    [InlineData("evaluate boxes", "--full-search", "--everywhere")]
    public void old_names_of_options_are_parsed_and_not_shown(string verb, string present, string old)
    {
        CommandLine.Create().Parse([.. Words(verb), old]).Tokens.Single(token => token.Value == old).Type
            .ShouldBe(TokenType.Option);
        CliCall.Run([.. Words(verb), "--help"]).Output.ShouldSatisfyAllConditions(
            text => text.ShouldContain(present), text => text.ShouldNotContain(old));
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.Where(inner => !inner.Hidden) // what the program calls itself has no readers
            .SelectMany(inner => Paths(inner, $"{path} {inner.Name}".Trim())).Prepend(path);

    private static string[] Words(string verb) => verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
