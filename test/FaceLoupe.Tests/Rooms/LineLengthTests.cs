namespace FaceLoupe.Tests.Rooms;

/// <summary>
/// No line of C# is longer than .editorconfig says, whose limit the compiler doesn't check. Only code: tables of
/// documents have rows as long as they need.
/// </summary>
public class LineLengthTests
{
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
}
