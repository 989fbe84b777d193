using System.Xml.Linq;

namespace FaceLoupe.Tests.Documentation;

/// <summary>
/// The lines that add packages, as a reader copies them; eng/check-packages runs them. Without a version NuGet takes
/// the newest of each, and native halves then do not fit the managed ones.
/// </summary>
public class DocumentedPackageTests
{
    private static readonly DocumentedCommand[] Adding =
    [
        .. DocumentedCommand.All().Where(command =>
            command.Words is ["dotnet", "add", "package", ..] or ["dotnet", "tool", "install", ..]),
    ];

    [Fact]
    public void every_documented_package_is_ours_and_of_the_version_that_is_packed()
    {
        var version =
            XDocument.Load(RepositoryRoot.Combine("Directory.Build.props")).Descendants("Version").Single().Value;
        Adding.Length.ShouldBeGreaterThan(5); // or it looks in the wrong place
        Adding.Where(command => command.Words is not [.., "--version", var given] || given != version
                || !command.Words.Any(word => word.StartsWith("FaceLoupe", StringComparison.Ordinal)))
            .Select(command => $"{command.Place}: {string.Join(' ', command.Words)}").ShouldBeEmpty();
    }

    [Fact]
    public void every_package_that_can_be_made_is_listed()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs", "packages.md"));
        var packed = Directory.GetFiles(RepositoryRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsPackable>true", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project)).ToArray();

        packed.Length.ShouldBeGreaterThan(4);
        packed.ShouldAllBe(package => page.Contains($"| `{package}` |", StringComparison.Ordinal));
    }
}
