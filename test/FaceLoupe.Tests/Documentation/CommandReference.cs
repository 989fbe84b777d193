using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Text;

namespace FaceLoupe.Tests.Documentation;

/// <summary>
/// A page of the help texts of a program, verb by verb: its reference, and at once the snapshot that makes a change of
/// a help text visible in a review.
/// </summary>
internal static class CommandReference
{
    private const string Regenerate = "FACELOUPE_UPDATE_DOCS=1";

    // Fits a page on the screen and a code block on paper.
    private const int Width = 100;

    /// <summary>Compares the page with the program, or writes it anew when that is asked for.</summary>
    /// <param name="root">The program's verbs.</param>
    /// <param name="program">What the program is called.</param>
    /// <param name="page">The page, relative to the repository.</param>
    /// <param name="introduction">What stands between the title and the verbs.</param>
    public static void ShouldBeIn(RootCommand root, string program, string page, string introduction)
    {
        var expected = Text(root, program, introduction);
        var path = RepositoryRoot.Combine(page);
        if (Environment.GetEnvironmentVariable("FACELOUPE_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        var actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            var line = expected.Split('\n').Zip(actual.Split('\n')).FirstOrDefault(pair => pair.First != pair.Second);
            Assert.Fail(
                $"{page} is not what '{program} --help' tells. First difference:\n  program: {line.First}\n  page:    "
                + $"{line.Second}\nIf the change is meant, write the page anew with eng/update-docs ({Regenerate} in "
                + "these tests).");
        }
    }

    private static string Text(RootCommand root, string program, string introduction)
    {
        var text = new StringBuilder();
        text.Append(
            $"# `{program}`\n\n{introduction.ReplaceLineEndings("\n")}\n\n| command | what it does |\n|---|---|\n");
        var commands = Leaves(root, program).ToArray();
        foreach (var (name, command) in commands)
        {
            text.Append($"| [`{name}`](#{name.Replace(' ', '-')}) | {Describe(command)} |\n");
        }

        foreach (var (name, _) in commands)
        {
            text.Append($"\n## {name}\n\n```text\n{Help(root, program, name)}\n```\n");
        }

        return text.ToString();
    }

    // "evaluate" alone does nothing; its verbs do.
    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string name) =>
        command.Subcommands
        .Where(verb => !verb.Hidden)
        .SelectMany(
            verb => verb.Subcommands.Count == 0
                ? [($"{name} {verb.Name}", verb)] : Leaves(verb, $"{name} {verb.Name}"));

    private static string Describe(Command command) =>
        command.Description?.ReplaceLineEndings(" ").Replace("|", "\\|") ?? "";

    private static string Help(RootCommand root, string program, string name)
    {
        PlainHelp(root.Options.OfType<HelpOption>().Single().Action!).MaxWidth = Width;
        using var output = new StringWriter { NewLine = "\n" };
        root.Parse([.. name.Split(' ').Skip(1), "--help"]).Invoke(new InvocationConfiguration { Output = output });

        // The library takes the name of the process, which here is that of the tests.
        var lines = output.ToString().ReplaceLineEndings("\n").Replace($"  {root.Name} ", $"  {program} ").Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd())).Trim('\n');
    }

    // Programs wrap the action, to add examples or to hide older names; only the innermost one knows a width.
    private static HelpAction PlainHelp(CommandLineAction action) => action as HelpAction ?? PlainHelp(action.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Select(field => field.GetValue(action)).OfType<CommandLineAction>().Single());
}
