using System.Text.RegularExpressions;
using FaceLoupe.Tests.Documentation;

namespace FaceLoupe.Tests.Rooms;

/// <summary>
/// No line of C# and no line of prose in a document is longer than .editorconfig says, whose limit the compiler doesn't
/// check. Tables, headings and code of documents have lines as long as they need.
/// </summary>
public partial class LineLengthTests
{
    // Written by a program: 'ablate' writes its tables, which are kept as they came.
    private const string WrittenDocuments = "docs/training/ablations/";

    private static readonly int s_limit = int.Parse(
        File.ReadLines(RepositoryRoot.Combine(".editorconfig"))
            .Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal)).Split('=')[1],
        System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("src")]
    [InlineData("projects")]
    [InlineData("test")]
    public void Lines_end_at_the_column_that_editorconfig_names(string folder)
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Folder, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .ToArray();

        files.ShouldNotBeEmpty();
        files
            .SelectMany(file => File.ReadLines(RepositoryRoot.Combine(file))
                .Select((line, i) => (Place: $"{file}:{i + 1}", line.Length)))
            .Where(line => line.Length > s_limit)
            .Select(line => line.Place)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Prose_of_documents_ends_there_too()
    {
        var documents = Documents.All()
            .Where(document => !document.StartsWith(WrittenDocuments, StringComparison.Ordinal)).ToArray();

        documents.Length.ShouldBeGreaterThan(50); // or it looks in the wrong place
        documents
            .SelectMany(document => Prose(File.ReadLines(RepositoryRoot.Combine(document)))
                .Where(line => line.Text.Length > s_limit && Words().Count(line.Text) > 1)
                .Select(line => $"{document}:{line.Number}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Code_headings_and_tables_are_no_prose() =>
        Prose(["# A heading", "Prose", "", "| cell |", "```sh", "a command", "```", "- an item", "  goes on"])
            .ShouldBe([(2, "Prose"), (3, ""), (8, "- an item"), (9, "  goes on")]);

    private static IEnumerable<(int Number, string Text)> Prose(IEnumerable<string> lines)
    {
        var inCode = false;
        foreach (var (number, line) in lines.Index())
        {
            var start = line.TrimStart();
            var isFence = start.StartsWith("```", StringComparison.Ordinal);
            if (!inCode && !isFence && !start.StartsWith('#') && !start.StartsWith('|'))
            {
                yield return (number + 1, line);
            }

            inCode ^= isFence;
        }
    }

    // What can be broken apart: the mark of a list belongs to what follows it.
    [GeneratedRegex(@"(?:^\s*(?:[-*+]|\d+\.)\s+)?\S+")]
    private static partial Regex Words();
}
