using System.Text.RegularExpressions;

namespace FaceLoupe.Tests.Documentation;

public class GlossaryTests
{
    [Fact]
    public void Every_name_that_the_glossary_gives_for_a_term_is_a_type_in_the_sources()
    {
        var sources = string.Join('\n', new[] { "src", "projects" }.SelectMany(folder => Directory.EnumerateFiles(
            RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText));
        var types = Regex.Matches(sources, @"\b(?:class|struct|interface|enum|record) (?:struct |class )?(\w+)")
            .Select(match => match.Groups[1].Value).ToHashSet();
        var rows = File.ReadAllLines(RepositoryRoot.Combine("docs", "glossary.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')).ToArray();

        rows.Length.ShouldBeGreaterThan(30);
        rows.ShouldAllBe(cells => cells.Length == 6);
        rows.SelectMany(cells => Regex.Matches(cells[3], "`(.+?)`").Select(match => match.Groups[1].Value))
            .ShouldAllBe(name => types.Contains(name));
    }
}
