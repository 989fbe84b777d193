using System.Text.RegularExpressions;

namespace FaceLoupe.Tests.Documentation;

public partial class DocumentsTests
{
    [Fact]
    public void every_link_to_a_file_of_the_repository_leads_somewhere()
    {
        var links = Documents.All().SelectMany(document =>
            Link().Matches(File.ReadAllText(RepositoryRoot.Combine(document)))
                .Select(match => (Document: document, Target: match.Groups[1].Value.Split('#')[0]))).ToArray();

        links.Length.ShouldBeGreaterThan(20); // or it looks in the wrong place
        links.Where(link => link.Target.Length > 0 && !link.Target.Contains(':', StringComparison.Ordinal))
            .Where(link => !Path.Exists(
                Path.Combine(Path.GetDirectoryName(RepositoryRoot.Combine(link.Document))!, link.Target)))
            .Select(link => $"{link.Document} links to {link.Target}, which does not exist").ShouldBeEmpty();
    }

    [Fact]
    public void the_first_page_s_picture_is_small() =>
        new FileInfo(RepositoryRoot.Combine("docs", "images", "solvay-1927-faces.jpg"))
        .Length.ShouldBeInRange(20_000, 150_000);

    // [text](target) and ![text](target), but no code in an index or a call.
    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();
}
