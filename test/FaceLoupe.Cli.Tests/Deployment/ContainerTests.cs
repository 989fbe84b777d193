using System.Text.Json;
using System.Xml.Linq;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Deployment;

/// <summary>Both ways to build an image start the same program.</summary>
public class ContainerTests
{
    [Fact]
    public void publish_container_starts_what_the_containerfile_starts()
    {
        var project = XDocument.Load(RepositoryRoot.Combine("src", "FaceLoupe.Cli", "FaceLoupe.Cli.csproj"));
        var file = File.ReadAllLines(RepositoryRoot.Combine("deploy", "Containerfile"));

        Items("ContainerAppCommand").ShouldBe(Words("ENTRYPOINT "));
        Items("ContainerDefaultArgs").ShouldBe(Words("CMD "));
        Items("ContainerPort").ShouldBe(
            [file.Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal))["EXPOSE ".Length..]]);
        file.ShouldContain($"FROM {Property("ContainerBaseImage")}");

        // The SDK puts the program there.
        project.Descendants("ContainerWorkingDirectory").ShouldBeEmpty();

        string[] Items(string name) => ((string)project.Descendants(name).Single().Attribute("Include")!).Split(';');

        string Property(string name) => project.Descendants(name).Single().Value;

        string[] Words(string verb) => JsonSerializer.Deserialize<string[]>(
            file.Single(line => line.StartsWith(verb, StringComparison.Ordinal))[verb.Length..])!;
    }
}
