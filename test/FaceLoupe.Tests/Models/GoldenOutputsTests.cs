using System.Text.Json.Nodes;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

/// <summary>
/// 8-bit results on this processor against those of the one that the models were made on. eng/without-avx512 runs this
/// class with the kernels of processors without VNNI.
/// </summary>
public sealed class GoldenOutputsTests : IDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("faceloupe-golden-");

    public static TheoryData<string> EightBitModels() => ["full-int8", "medium-int8", "compact-int8"];

    [Theory]
    [MemberData(nameof(EightBitModels))]
    public void results_in_8_bits_are_right_on_this_processor(string name)
    {
        var folder = RepositoryRoot.Combine("models", name);
        if (Environment.GetEnvironmentVariable("FACELOUPE_UPDATE_DOCS") is not null)
        {
            // What stands there would be compared.
            File.Delete(Path.Combine(folder, GoldenOutputs.FileName));
            using var unchecked8 = ModelBundle.Open(folder);
            var floats = name.Replace("-int8", string.Empty, StringComparison.Ordinal);
            GoldenOutputs.Measure(unchecked8, floats).Write(folder);
        }

        using var bundle = ModelBundle.Open(folder);

        bundle.ModelNote.ShouldBeNull();
        bundle.Reason.ShouldBe("asked for");
        bundle.GoldenError().ShouldNotBeNull().Error.ShouldBeLessThan(GoldenOutputs.MostError);
        GoldenOutputs.Read(folder).ShouldNotBeNull().Proposals.Count.ShouldBe(
            2 * bundle.Manifest.Proposals.Branches.Count);
    }

    [Fact]
    public void every_model_in_8_bits_has_golden_outputs_and_no_other_has() =>
        Directory.GetDirectories(RepositoryRoot.Combine("models")).ShouldAllBe(folder =>
            File.Exists(Path.Combine(folder, GoldenOutputs.FileName)) == folder.EndsWith("-int8",
                StringComparison.Ordinal));

    [Fact]
    public void where_a_kernel_errs_the_model_with_floats_takes_over_and_a_line_says_why()
    {
        Copy("compact");
        Spoil(Copy("compact-int8"), "face");

        using var detector = FaceLoupeDetector.Load(Path.Combine(_models.FullName, "compact-int8"));

        detector.Model.Name.ShouldBe("compact");
        detector.ModelReason.ShouldBe("in place of compact-int8, which errs on this processor");
        var note = detector.ModelNote.ShouldNotBeNull();
        note.ShouldStartWith("compact-int8: wrong results in 8 bits on this processor (");
        note.ShouldContain("output face is off by ");
        note.ShouldEndWith(" compact, with floats, takes over.");
        note.ShouldNotContain('\n');
    }

    [Fact]
    public void without_a_model_with_floats_wrong_results_are_refused()
    {
        var folder = Copy("compact-int8");
        var golden = Spoil(folder, "scores_s2");
        golden["floats"] = "there-is-none";
        File.WriteAllText(Path.Combine(folder, GoldenOutputs.FileName), golden.ToJsonString());

        Should.Throw<FaceLoupeException>(() => ModelBundle.Open(folder)).Message.ShouldEndWith(
            " is rounding. Give a model with floats by its folder, such as models/full.");
    }

    [Fact]
    public void damaged_golden_outputs_are_reported()
    {
        var folder = Copy("compact-int8");
        var path = Path.Combine(folder, GoldenOutputs.FileName);
        File.WriteAllText(path, "{");

        Should.Throw<FaceLoupeException>(() => ModelBundle.Open(folder)).Message.ShouldStartWith(
            $"{path}: the golden outputs");
        const string Others = """ "generator": {"x": [1]}, "discriminator": {"x": [1]} """;
        foreach (var proposals in new[] { "{}", """{"x":null}""" })
        {
            File.WriteAllText(path, $$"""{"floats": null, "proposals": {{proposals}}, {{Others}} }""");
            Should.Throw<FaceLoupeException>(() => ModelBundle.Open(folder)).Message.ShouldStartWith(
                $"{path}: a network is missing");
        }
    }

    [Theory]
    [InlineData(new[] { 1f, 2, 3 }, new[] { 1f, 2, 3 }, 0)]
    [InlineData(new[] { 1f, 2, 3 }, new[] { 1f, 2, 4 }, 0.7071)]
    [InlineData(new[] { 1f, 2, 3 }, new[] { 1f, 2 }, double.PositiveInfinity)]
    [InlineData(new[] { 1f, 2, 3 }, new[] { 1f, float.NaN, 3 }, double.PositiveInfinity)]
    public void an_error_is_a_share_of_how_much_values_differ(float[] wanted, float[] found, double error)
    {
        var (is_, output) = Of(wanted).Compare(Of(found));
        (double.IsInfinity(error) ? double.IsInfinity(is_) : Math.Abs(is_ - error) < 1e-3).ShouldBeTrue($"{is_}");
        output.ShouldBe("face");
    }

    public void Dispose() => _models.Delete(recursive: true);

    private static GoldenOutputs Of(float[] values) => new(
        null,
        new Dictionary<string, float[]>(),
        new Dictionary<string, float[]>(),
        new Dictionary<string, float[]> { ["face"] = values });

    private string Copy(string name)
    {
        var target = Directory.CreateDirectory(Path.Combine(_models.FullName, name)).FullName;
        foreach (var file in Directory.GetFiles(RepositoryRoot.Combine("models", name)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    // As if a kernel gave something else for one output.
    private static JsonObject Spoil(string folder, string output)
    {
        var path = Path.Combine(folder, GoldenOutputs.FileName);
        var golden = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var values = new[] { "proposals", "generator", "discriminator" }
            .Select(network => golden[network]![output]).OfType<JsonArray>().Single();
        for (var i = 0; i < values.Count; i++)
        {
            values[i] = -values[i]!.GetValue<float>() - 1;
        }

        File.WriteAllText(path, golden.ToJsonString());
        return golden;
    }
}
