using System.Text.RegularExpressions;

namespace FaceLoupe.Tests.Documentation;

/// <summary>One command of a shell example in the documents: where it stands, and its words.</summary>
/// <param name="Place">The document, relative to the repository, and the line: <c>README.md:12</c>.</param>
/// <param name="Words">The program and its arguments.</param>
internal sealed partial record DocumentedCommand(string Place, IReadOnlyList<string> Words)
{
    /// <summary>Every command in every <c>sh</c> example of the documents.</summary>
    public static IEnumerable<DocumentedCommand> All() =>
        Documents.All().SelectMany(document => Of(document, File.ReadAllText(RepositoryRoot.Combine(document))));

    /// <summary>The commands in the examples of one document.</summary>
    public static IEnumerable<DocumentedCommand> Of(string document, string text)
    {
        var variables = new Dictionary<string, string>();
        var (inExample, unfinished) = (false, "");
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inExample = !inExample && line[3..].Trim() is "sh" or "bash";
                unfinished = "";
                continue;
            }

            if (inExample && line.EndsWith('\\'))
            {
                unfinished += line[..^1] + " ";
            }
            else if (inExample)
            {
                foreach (var words in Commands(Substitute(unfinished + line, variables), variables))
                {
                    yield return new DocumentedCommand($"{document}:{i + 1}", words);
                }

                unfinished = "";
            }
        }
    }

    /// <summary>
    /// The arguments, where this is a call of a program of this repository, installed or from its sources; else null.
    /// </summary>
    /// <param name="program">Its name as a command, such as <c>faceloupe</c>.</param>
    /// <param name="project">Its folder in the repository, such as <c>src/FaceLoupe.Cli</c>.</param>
    public string[]? ArgumentsOf(string program, string project)
    {
        if (Words[0] == program)
        {
            return [.. Words.Skip(1)];
        }

        return Words is ["dotnet", "run", ..]
            && Words.Contains(project) ? [.. Words.SkipWhile(word => word != "--").Skip(1)] : null;
    }

    private static IEnumerable<List<string>> Commands(string line, Dictionary<string, string> variables)
    {
        var words = new List<string>();
        foreach (Match match in Word().Matches(line))
        {
            var word = match.Value.Replace("\"", "").Replace("'", "");
            if (word.StartsWith('#'))
            {
                break;
            }

            if (match.Value is "|" or "&&" or ";")
            {
                if (words.Count > 0)
                {
                    yield return words;
                }

                words = [];
            }
            else if (words.Count == 0 && Assignment().Match(word) is { Success: true } assignment)
            {
                variables[assignment.Groups[1].Value] = assignment.Groups[2].Value;
            }
            else
            {
                words.Add(word);
            }
        }

        // What goes into a file, or comes from one, is no argument.
        var redirection = words.FindIndex(word => word is ">" or ">>" or "<" or "2>");
        words = redirection < 0 ? words : words[..redirection];
        if (words.Count > 0)
        {
            yield return words;
        }
    }

    private static string Substitute(string line, Dictionary<string, string> variables) => Variable().Replace(
        line, match => variables.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    [GeneratedRegex("""(?:[^\s"'|;&]+|"[^"]*"|'[^']*'|&(?!&))+|\||&&|;""")]
    private static partial Regex Word();

    [GeneratedRegex(@"^([A-Za-z_]\w*)=(.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable();
}
