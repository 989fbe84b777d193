using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests;

/// <summary>
/// The direction of dependencies: who only detects must never download libtorch, and the library stands on its own.
/// </summary>
public class ArchitectureTests
{
    private static readonly string[] Forbidden = ["TorchSharp", "libtorch", "FaceLoupe.Training", "faceloupe-train"];

    [Theory]
    [InlineData("FaceLoupe")]
    [InlineData("FaceLoupe.Cli")]
    [InlineData("FaceLoupe.Web")]
    [InlineData("FaceLoupe.Codecs")]
    [InlineData("FaceLoupe.ObjectStores")]
    [InlineData("FaceLoupe.DependencyInjection")]
    [InlineData("FaceLoupe.Model")]
    [InlineData("FaceLoupe.Native")]
    public void No_project_file_leads_to_torch(string project)
    {
        SkipUnlessPresent(project);
        foreach (var reference in ReferencesOf(project))
        {
            Forbidden.ShouldNotContain(
                name => reference.StartsWith(name, StringComparison.OrdinalIgnoreCase), reference);
        }
    }

    [Fact]
    public void The_library_s_project_references_no_other_project() =>
        Load("FaceLoupe").Descendants("ProjectReference").ShouldBeEmpty();

    // The arrows of CONTRIBUTING.md; there are no others.
    [Theory]
    [InlineData("FaceLoupe.Web", "FaceLoupe")]
    [InlineData("FaceLoupe.Cli", "FaceLoupe", "FaceLoupe.Codecs", "FaceLoupe.ObjectStores", "FaceLoupe.Web")]
    [InlineData("FaceLoupe.Codecs", "FaceLoupe")]
    [InlineData("FaceLoupe.ObjectStores", "FaceLoupe")]
    [InlineData("FaceLoupe.Training", "FaceLoupe")]
    [InlineData("FaceLoupe.Training.Labelling", "FaceLoupe.Training")]
    [InlineData("FaceLoupe.Training.Ablations", "FaceLoupe.Training")]
    [InlineData("FaceLoupe.Training.Paper", "FaceLoupe.Training", "FaceLoupe.Training.Ablations")]
    [InlineData(
        "FaceLoupe.Training.Cli",
        "FaceLoupe.Training", "FaceLoupe.Training.Ablations", "FaceLoupe.Training.Labelling",
        "FaceLoupe.Training.Paper")]
    public void A_project_references_only_what_it_may(string project, params string[] allowed) =>
        Load(project).Descendants("ProjectReference")
            .Select(
                element => Path.GetFileNameWithoutExtension(((string)element.Attribute("Include")!).Replace('\\', '/')))
            .ShouldBe(allowed, ignoreOrder: true);

    // SkiaSharp refuses a native half of another version, and NuGet takes "or newer" unless brackets say otherwise.
    [Fact]
    public void The_native_halves_are_pinned_to_the_versions_of_the_managed_ones()
    {
        Load("FaceLoupe.Native").Descendants("ProjectReference").ShouldBeEmpty();
        var versions = Load("FaceLoupe.Native").Descendants("PackageReference").ToDictionary(
            element => (string)element.Attribute("Include")!, element => (string?)element.Attribute("VersionOverride"));
        versions.ShouldBe(
            new Dictionary<string, string?>
            {
                ["Microsoft.ML.OnnxRuntime"] = "[$(OnnxRuntimeVersion)]",
                ["Microsoft.ML.OnnxRuntime.Managed"] = "[$(OnnxRuntimeVersion)]",
                ["SkiaSharp"] = "[$(SkiaSharpVersion)]",
                ["SkiaSharp.NativeAssets.Linux.NoDependencies"] = "[$(SkiaSharpVersion)]",
            },
            ignoreOrder: true);

        var pinned =
            XDocument.Load(RepositoryRoot.Combine("Directory.Packages.props")).Descendants("PackageVersion")
                .ToDictionary(
            element => (string)element.Attribute("Include")!, element => $"[{(string)element.Attribute("Version")!}]");
        versions.ShouldAllBe(pair => pinned[pair.Key] == pair.Value);
    }

    [Theory]
    [InlineData("FaceLoupe")]
    [InlineData("FaceLoupe.Training.Cli")]
    public void Only_the_web_project_and_what_is_above_it_know_of_a_web_server(string project) =>
        ReferencesOf(project)
            .Concat(
                Load(project).Descendants("FrameworkReference").Select(
                    element => (string)element.Attribute("Include")!))
            .ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_training_project_is_seen_to_lead_to_torch() =>
        ReferencesOf("FaceLoupe.Training").ShouldContain("TorchSharp"); // or the tests above look in the wrong place

    [Fact]
    public void The_library_s_assembly_references_neither_torch_nor_the_programs() =>
        typeof(Picture).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ShouldAllBe(name =>
            !Forbidden.Any(forbidden => name.StartsWith(forbidden, StringComparison.OrdinalIgnoreCase))
            && !name.StartsWith("FaceLoupe", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("FaceLoupe.Cli")]
    [InlineData("FaceLoupe.Web")]
    public void No_built_program_carries_torch(string project)
    {
        SkipUnlessPresent(project);
        var folder = OutputFolder(project);
        var assembly = Path.Combine(folder, project + ".dll");
        if (!File.Exists(assembly))
        {
            Assert.Skip($"{project} is not built in this configuration; eng/test builds it.");
        }

        ReferencedAssemblies(assembly).ShouldAllBe(name =>
            !Forbidden.Any(forbidden => name.StartsWith(forbidden, StringComparison.OrdinalIgnoreCase)));

        // The dependency file also names what comes in through others.
        var dependencies = File.ReadAllText(Path.Combine(folder, project + ".deps.json"));
        foreach (var forbidden in Forbidden)
        {
            dependencies.ShouldNotContain($"\"{forbidden}", Case.Insensitive);
        }
    }

    private static void SkipUnlessPresent(string project)
    {
        if (!File.Exists(ProjectFile(project)))
        {
            Assert.Skip($"{project} does not exist yet; the rule stands for when it does.");
        }
    }

    // Experiments that use the training program's core lie beside the sources, in folders named after them alone.
    private static string ProjectFile(string project)
    {
        var experiment = RepositoryRoot.Combine("projects", project.Split('.')[^1], project + ".csproj");
        return File.Exists(experiment) ? experiment : RepositoryRoot.Combine("src", project, project + ".csproj");
    }

    private static XDocument Load(string project) => XDocument.Load(ProjectFile(project));

    private static IEnumerable<string> ReferencesOf(string project)
    {
        var document = Load(project);
        foreach (var include in document.Descendants("PackageReference").Select(
            element => (string)element.Attribute("Include")!))
        {
            yield return include;
        }

        foreach (var include in document.Descendants("ProjectReference").Select(
            element => (string)element.Attribute("Include")!))
        {
            var next = Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
            yield return next;
            foreach (var reference in ReferencesOf(next))
            {
                yield return reference;
            }
        }
    }

    // This test runs in test/FaceLoupe.Tests/bin/CONFIGURATION/FRAMEWORK; the programs lie in the same place under src.
    private static string OutputFolder(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return RepositoryRoot.Combine("src", project, "bin", framework.Parent!.Name, framework.Name);
    }

    private static List<string> ReferencedAssemblies(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
