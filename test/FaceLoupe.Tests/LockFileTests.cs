using System.Text.Json;
using System.Xml.Linq;

namespace FaceLoupe.Tests;

/// <summary>Every project's packages are locked, in the versions that are pinned, with their hashes.</summary>
public class LockFileTests
{
    public static TheoryData<string> Projects =>
    [
        .. XDocument.Load(RepositoryRoot.Combine("FaceLoupe.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_package_of_a_project_is_locked(string project)
    {
        var folder = Path.GetDirectoryName(RepositoryRoot.Combine(project))!;
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "packages.lock.json")));
        var locked = file.RootElement.GetProperty("dependencies").GetProperty("net10.0");
        var pinned = XDocument.Load(RepositoryRoot.Combine("Directory.Packages.props"));
        var versions = pinned.Descendants("PackageVersion").ToDictionary(
            element => (string)element.Attribute("Include")!, element => (string)element.Attribute("Version")!);

        foreach (var name in XDocument.Load(RepositoryRoot.Combine(project)).Descendants("PackageReference")
            .Select(element => (string)element.Attribute("Include")!))
        {
            var package = locked.GetProperty(name);
            package.GetProperty("type").GetString().ShouldBe("Direct", name);
            if (!versions[name].StartsWith('$'))
            {
                package.GetProperty("resolved").GetString().ShouldBe(versions[name], name);
            }
        }

        locked.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .ShouldAllBe(package => package.Value.GetProperty("contentHash").GetString()!.Length == 88);
    }

    [Fact]
    public void Continuous_integration_restores_in_locked_mode() =>
        File.ReadAllText(RepositoryRoot.Combine("eng", "test")).ShouldContain("-p:RestoreLockedMode=true");
}
