using FaceLoupe.Training.Pretrained;

namespace FaceLoupe.Training.Tests.Pretrained;

public sealed class TfjsWeightsTests
{
    [Fact]
    public void arrays_come_back_by_name_across_shards()
    {
        using var tiny = new TinyTfjs(("a", [2, 2], [1, 2, 3, 4]), ("b/c", [3], [5, 6, 7]));

        var weights = TfjsWeights.Read(tiny.Folder);

        weights.Names.ShouldBe(["a", "b/c"]);
        weights.Count.ShouldBe(7);
        weights.Get("a").Shape.ShouldBe([2, 2]);
        weights.Get("a").Values.ShouldBe([1f, 2, 3, 4]);
        weights.Vector("b/c", 3).ShouldBe([5f, 6, 7]);
    }

    [Fact]
    public void a_missing_or_misshaped_array_is_a_clear_fault()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        var weights = TfjsWeights.Read(tiny.Folder);

        Should.Throw<FaceLoupeException>(() => weights.Get("x")).Message.ShouldContain("no weights named x");
        Should.Throw<FaceLoupeException>(() => weights.Vector("a", 3)).Message.ShouldContain("expected [3]");
    }

    [Fact]
    public void missing_files_are_clear_faults()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        File.Delete(tiny.Shard(2));
        Should.Throw<FaceLoupeException>(() => TfjsWeights.Read(tiny.Folder)).Message.ShouldContain(
            "group1-shard2of2.bin is missing");

        File.Delete(Path.Combine(tiny.Folder, "model.json"));
        Should.Throw<FaceLoupeException>(() => TfjsWeights.Read(tiny.Folder)).Message.ShouldContain("no model.json");
    }

    [Fact]
    public void shards_of_a_wrong_length_are_clear_faults()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        File.WriteAllBytes(tiny.Shard(2), new byte[50]);
        Should.Throw<FaceLoupeException>(() => TfjsWeights.Read(tiny.Folder)).Message.ShouldContain(
            "model.json lists 8");

        File.WriteAllBytes(tiny.Shard(2), []);
        Should.Throw<FaceLoupeException>(() => TfjsWeights.Read(tiny.Folder)).Message.ShouldContain("end before a");
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"weightsManifest": 3}""")]
    public void a_file_that_is_no_model_is_a_clear_fault(string text)
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        File.WriteAllText(Path.Combine(tiny.Folder, "model.json"), text);

        Should.Throw<FaceLoupeException>(() => TfjsWeights.Read(tiny.Folder)).Message.ShouldContain(
            "not a TensorFlow.js model");
    }
}
