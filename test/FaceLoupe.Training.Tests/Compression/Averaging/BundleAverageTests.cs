using FaceLoupe.Models;
using FaceLoupe.Training.Compression.Averaging;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Onnx;
using Onnx;
using static Onnx.TensorProto.Types;
using FaceLoupe.Training.Tests.Fixtures;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Compression.Averaging;

public sealed class BundleAverageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BundleAverageTests() => TinyBundle.Write(folder.Of("a"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void weights_are_averaged_and_the_rest_is_that_of_the_first()
    {
        Change("b", "proposals.onnx", weight => 3 * weight);

        var manifest = BundleAverage.Write([folder.Of("a"), folder.Of("b")], folder.Of("mean"));

        (manifest.Name, manifest.Version).ShouldBe(("mean", "1.0.0"));
        manifest.Training!["averaged"]!.AsArray().Select(name => (string)name!).ShouldBe(["tiny 1.0.0", "b 1.0.0"]);
        var (a, mean) = (Weights("a", "proposals.onnx"), Weights("mean", "proposals.onnx"));
        mean.Length.ShouldBeGreaterThan(10);
        mean.ShouldBe([.. a.Select(weight => 2 * weight)], 1e-5);
        Weights("mean", "generator.onnx").ShouldBe(Weights("a", "generator.onnx"));
        using var opened = ModelBundle.Open(folder.Of("mean")); // its hashes are right
    }

    [Fact]
    public void the_mean_of_three_weighs_them_equally()
    {
        Change("b", "discriminator.onnx", weight => 4 * weight);
        Change("c", "discriminator.onnx", weight => 7 * weight);

        BundleAverage.Write([folder.Of("a"), folder.Of("b"), folder.Of("c")], folder.Of("mean"));

        Weights("mean", "discriminator.onnx")
            .ShouldBe([.. Weights("a", "discriminator.onnx").Select(weight => 4 * weight)], 1e-4);
    }

    [Fact]
    public void another_network_is_refused_by_name()
    {
        using var bundle = ModelBundle.Open(folder.Of("a"));
        var files = Files("a");
        var generator = OnnxFile.Read(files[1]);
        generator.Constants.Add("more", OnnxTensors.Of("more", DataType.Float, [1f], 1));
        BundleWriter.Write(folder.Of("b"), bundle.Manifest, files[0], generator.ToBytes(), files[2]);

        Should.Throw<FaceLoupeException>(() => BundleAverage.Write([folder.Of("a"), folder.Of("b")], folder.Of("mean")))
            .Message.ShouldBe(
                $"{folder.Of("b/generator.onnx")}: is another network than {folder.Of("a/generator.onnx")}; give "
                + "models that were exported with the same network options.");
        Directory.Exists(folder.Of("mean")).ShouldBeFalse();
    }

    // The same model with other floats in one of its files.
    private void Change(string name, string file, Func<float, float> change)
    {
        using var bundle = ModelBundle.Open(folder.Of("a"));
        var files = Files("a");
        var index = Array.IndexOf(Names, file);
        var network = OnnxFile.Read(files[index]);
        foreach (var (constant, values) in Floats(network))
        {
            network.Constants[constant.Name] = constant.Is(DataType.Float16)
                ? OnnxTensors.Of(
                    constant.Name, (DataType)constant.DataType, Array.ConvertAll(values, value => (Half)change(value)),
                    constant.Dims)
                : OnnxTensors.Of(
                    constant.Name, (DataType)constant.DataType, Array.ConvertAll(values, value => change(value)),
                    constant.Dims);
        }

        files[index] = network.ToBytes();
        BundleWriter.Write(folder.Of(name), bundle.Manifest with { Name = name }, files[0], files[1], files[2]);
    }

    private static string[] Names { get; } = ["proposals.onnx", "generator.onnx", "discriminator.onnx"];

    private byte[][] Files(string model) =>
        Array.ConvertAll(Names, name => File.ReadAllBytes(Path.Combine(folder.Of(model), name)));

    private float[] Weights(string model, string file) =>
        [.. Floats(OnnxFile.Read(File.ReadAllBytes(Path.Combine(folder.Of(model), file)))).SelectMany(
            constant => constant.Values)];

    private static List<(TensorProto Constant, float[] Values)> Floats(OnnxFile network) =>
    [
        .. network.Constants.Values.Where(constant => constant.Is(DataType.Float16) || constant.Is(DataType.Float))
            .Select(constant => (constant, constant.ToSingles())),
    ];
}
