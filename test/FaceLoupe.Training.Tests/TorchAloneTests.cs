using FaceLoupe.Tests;

namespace FaceLoupe.Training.Tests;

public class TorchAloneTests
{
    /// <summary>A seed holds only while no other test draws from torch's one generator.</summary>
    [Fact]
    public void tests_that_seed_torch_run_alone()
    {
        var folder = RepositoryRoot.Combine("test", "FaceLoupe.Training.Tests");
        string[] seeds = ["manual_seed(", "TinyTraining."];
        var seeded = Directory.EnumerateFiles(folder, "*Tests.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "TorchAloneTests.cs")
            .Select(path => (Name: Path.GetRelativePath(folder, path), Text: File.ReadAllText(path)))
            .Where(file => seeds.Any(file.Text.Contains)).ToArray();

        seeded.Length.ShouldBeGreaterThan(5);
        seeded.Where(file => !file.Text.Contains("[Collection(TorchAlone.Name)]")).Select(file => file.Name)
            .ShouldBeEmpty("name the collection, or another test changes the random numbers");
    }
}
