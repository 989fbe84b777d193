using System.CommandLine;

namespace FaceLoupe.Tests.Documentation;

/// <summary>Whether the commands in the documents are such that the program would take them.</summary>
internal static class CommandParsing
{
    /// <summary>Parses every documented call of a program.</summary>
    /// <param name="root">The program's verbs.</param>
    /// <param name="program">Its name as a command.</param>
    /// <param name="project">Its folder in the repository.</param>
    /// <param name="planned">Verbs that may be documented before they exist.</param>
    public static void DocumentsShouldParse(RootCommand root, string program, string project, params string[] planned)
    {
        var verbs = root.Subcommands.Select(verb => verb.Name).ToArray();
        var (faults, tried) = (new List<string>(), 0);
        foreach (var command in DocumentedCommand.All())
        {
            if (command.ArgumentsOf(program, project) is not { Length: > 0 } arguments
                || (!verbs.Contains(arguments[0]) && planned.Contains(arguments[0])))
            {
                continue;
            }

            tried++;
            var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            faults.AddRange(parsed.Errors.Select(
                error =>
                    $"{command.Place}: '{program} {string.Join(' ', arguments)}' does not parse: {error.Message}"));
        }

        tried.ShouldBeGreaterThan(4, "or it looks in the wrong place");
        faults.ShouldBeEmpty();
    }
}
