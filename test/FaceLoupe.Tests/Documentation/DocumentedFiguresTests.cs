using System.Text.Json;
using FaceLoupe.Anonymising;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Documentation;

/// <summary>Figures in the documents that a model's own files know: they go stale with each new model.</summary>
public class DocumentedFiguresTests
{
    private static readonly string Anonymising = Read("docs/anonymising.md");
    private static readonly string AnonymisingInOneLine = Anonymising.ReplaceLineEndings(" ");
    private static readonly ModelManifest Default = ManifestOf(ModelBundle.DefaultName);

    [Fact]
    public void the_threshold_that_blur_is_said_to_take_is_that_of_the_default_model()
    {
        var choice = ThresholdChoice.Of(Default);
        Anonymising.ShouldContain($"```\n{choice.Describe()}\n```\n");
        AnonymisingInOneLine.ShouldContain(FormattableString.Invariant(
            $"of {100 * choice.Point!.Recall:0} of 100 annotated faces at least three quarters were covered"));
        AnonymisingInOneLine.ShouldContain(FormattableString.Invariant(
            $"had {choice.Point.FalseAlarmsPerPicture} masks"));
    }

    [Fact]
    public void the_audit_file_that_is_shown_is_one_of_the_default_model()
    {
        var choice = ThresholdChoice.Of(Default);
        var line = Anonymising.Split('\n').Single(
            line => line.StartsWith("{\"type\":\"header\"", StringComparison.Ordinal));
        var header = JsonDocument.Parse(line).RootElement;

        header.GetProperty("model").GetString().ShouldBe($"{Default.Name} {Default.Version}");
        header.GetProperty("threshold").GetSingle().ShouldBe(choice.Threshold, 1e-6);
        header.GetProperty("operatingPoint").GetProperty("recall").GetSingle().ShouldBe(choice.Point!.Recall);
        header.GetProperty("operatingPoint").GetProperty("falseAlarmsPerPicture").GetSingle()
            .ShouldBe(choice.Point.FalseAlarmsPerPicture);
    }

    [Theory]
    [InlineData("full-int8")]
    [InlineData("full")]
    [InlineData("medium")]
    [InlineData("medium-int8")]
    [InlineData("compact")]
    [InlineData("compact-int8")]
    public void the_table_of_models_has_their_versions(string name) =>
        Read("README.md").ShouldContain($"| `models/{name}` {ManifestOf(name).Version} |");

    private static string Read(string path) => File.ReadAllText(RepositoryRoot.Combine(path)).ReplaceLineEndings("\n");

    private static ModelManifest ManifestOf(string name) =>
        ModelManifestFile.Read(RepositoryRoot.Combine("models", name, ModelManifestFile.FileName));
}
