using System.Text;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public sealed class ModelBundleTests : IDisposable
{
    private readonly DirectoryInfo _folder = TinyModel.Copy();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_sound_bundle_opens()
    {
        using var bundle = ModelBundle.Open(_folder.FullName);

        bundle.Manifest.Name.ShouldBe("tiny");
        bundle.Folder.ShouldBe(_folder.FullName);
        bundle.Proposals.Inputs.Keys.ShouldBe(["image"]);
        bundle.Generator.Outputs.Keys.ShouldBe(["upsampled", "refined"], ignoreOrder: true);
        bundle.Discriminator.Outputs["delta"].ShouldBe([-1, 4]);
    }

    [Fact]
    public void a_missing_folder_is_named_and_those_that_are_there_are_reported() =>
        Refusal(_folder.FullName + "-nowhere").ShouldBe(
            $"{_folder.FullName}-nowhere: there is no such model folder; give the folder of an exported model, "
            + $"or the name of one that is there: {string.Join(", ", Shipped())}.");

    [Fact]
    public void a_model_that_comes_with_faceloupe_opens_by_its_name()
    {
        using var bundle = ModelBundle.Open(ModelBundle.DefaultName);
        bundle.Folder.ShouldBe(ModelBundle.FindDefaultFolder());
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("../models/full")]
    [InlineData("..")]
    [InlineData("")]
    public void what_is_no_name_of_a_model_is_not_found(string name) => ModelBundle.FindFolder(name).ShouldBeNull();

    private static IEnumerable<string?> Shipped() =>
        Directory.GetDirectories(RepositoryRoot.Combine("models")).Select(Path.GetFileName).Order(
            StringComparer.Ordinal);

    [Fact]
    public void a_folder_without_a_manifest_is_named()
    {
        File.Delete(PathOf("model.json"));
        Refusal().ShouldContain("holds no model.json");
    }

    [Theory]
    [InlineData("proposals.onnx")]
    [InlineData("generator.onnx")]
    [InlineData("discriminator.onnx")]
    public void a_missing_network_is_named(string file)
    {
        File.Delete(PathOf(file));
        Refusal().ShouldStartWith($"{PathOf(file)}: this network of the model is missing");
    }

    [Theory]
    [InlineData("proposals.onnx")]
    [InlineData("generator.onnx")]
    [InlineData("discriminator.onnx")]
    public void a_network_with_one_changed_bit_is_refused(string file)
    {
        var bytes = File.ReadAllBytes(PathOf(file));
        bytes[^100] ^= 1;
        File.WriteAllBytes(PathOf(file), bytes);

        Refusal().ShouldStartWith($"{PathOf(file)}: not the network that the manifest names");
    }

    [Fact]
    public void a_hash_in_capitals_is_the_same_hash()
    {
        Rewrite(manifest => manifest with
        {
            Generator = manifest.Generator with { Sha256 = manifest.Generator.Sha256.ToUpperInvariant() },
        });
        ModelBundle.Open(_folder.FullName).Dispose();
    }

    [Fact]
    public void another_format_version_is_refused()
    {
        var text = File.ReadAllText(PathOf("model.json"));
        text = text.Replace("\"formatVersion\": 1", "\"formatVersion\": 7", StringComparison.Ordinal);
        File.WriteAllText(PathOf("model.json"), text);

        Refusal().ShouldContain("version 7");
    }

    [Fact]
    public void a_file_that_is_no_network_is_refused()
    {
        Replace("generator.onnx", Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1"));
        Refusal().ShouldStartWith($"{PathOf("generator.onnx")}: not an ONNX network that can be run");
    }

    [Fact]
    public void an_empty_file_is_refused()
    {
        Replace("generator.onnx", []);
        Refusal().ShouldStartWith($"{PathOf("generator.onnx")}: not an ONNX network that can be run");
    }

    [Fact]
    public void another_network_s_file_is_refused_by_its_input()
    {
        Replace("discriminator.onnx", File.ReadAllBytes(PathOf("generator.onnx")));
        Refusal().ShouldContain("there is no input 'high' (but low)");
    }

    [Fact]
    public void a_missing_output_is_named()
    {
        Rewrite(manifest => manifest with { Discriminator = manifest.Discriminator with { Face = "visage" } });
        Refusal().ShouldContain("there is no output 'visage' (but real, face, delta)");
    }

    [Fact]
    public void a_wrong_output_shape_is_reported_with_both_shapes()
    {
        Rewrite(manifest => manifest with
        {
            Proposals = manifest.Proposals with
            {
                Branches = [manifest.Proposals.Branches[0] with { AnchorSizes = [8, 11] }],
            },
        });
        Refusal().ShouldContain(
            "output 'scores_s4' has the shape [any, 1, any, any] where [any, 2, any, any] is needed");
    }

    [Fact]
    public void a_wrong_input_size_is_reported_with_both_shapes()
    {
        Rewrite(manifest => manifest with
        {
            Generator = manifest.Generator with { LowResolution = 16, HighResolution = 64 },
            Discriminator = manifest.Discriminator with { HighResolution = 64 },
        });
        Refusal().ShouldContain("input 'low' has the shape [any, 3, 8, 8] where [any, 3, 16, 16] is needed");
    }

    [Fact]
    public void a_run_with_a_wrong_shape_is_a_fault_in_one_line()
    {
        using var bundle = ModelBundle.Open(_folder.FullName);

        var fault = Should.Throw<FaceLoupeException>(() =>
            bundle.Generator.Run("low", new float[3 * 4], [1, 3, 2, 2], ["refined"]));

        fault.Message.ShouldContain("failed on an input of [1, 3, 2, 2]");
        fault.Message.ShouldNotContain('\n');
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private string Refusal(string? folder = null)
    {
        var message = Should.Throw<FaceLoupeException>(() => ModelBundle.Open(folder ?? _folder.FullName)).Message;
        message.ShouldNotContain('\n');
        return message;
    }

    private void Rewrite(Func<ModelManifest, ModelManifest> change) =>
        ModelManifestFile.Write(change(ModelManifestFile.Read(PathOf("model.json"))), PathOf("model.json"));

    // Puts another file in a network's place and its hash into the manifest, as a broken exporter would.
    private void Replace(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        var sha256 = ModelBundle.Sha256(bytes);
        Rewrite(manifest => manifest with
        {
            Generator = file == manifest.Generator.File
                ? manifest.Generator with { Sha256 = sha256 } : manifest.Generator,
            Discriminator = file == manifest.Discriminator.File
                ? manifest.Discriminator with { Sha256 = sha256 }
                : manifest.Discriminator,
        });
    }
}
