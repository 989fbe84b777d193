using FaceLoupe.Imaging;
using FaceLoupe.Tests.Evaluation.Wider;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Stages;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Ablations;

public sealed class ValidationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void pictures_are_taken_from_all_over_a_folder()
    {
        ValidationSet.Spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4).ShouldBe([0, 2, 5, 7]);
        ValidationSet.Spread([0, 1, 2], 4).ShouldBe([0, 1, 2]);
        ValidationSet.Spread([0, 1, 2], 0).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void without_folders_a_table_is_evaluated_on_the_validation_data()
    {
        using var faces = new PaintedFaces(3);
        var preset = new TrainingConfig
        {
            ValidationData = [new() { Folder = faces.Folder }, new() { Folder = "negatives", Background = true }],
            Ablation = new() { MaxPictures = 2 },
        };

        ValidationSet.Open(preset).ShouldHaveSingleItem().Pictures.Count.ShouldBe(2);

        var named = preset with { Ablation = new() { Validation = [new() { Name = "mine", Folder = faces.Folder }] } };
        ValidationSet.Open(named).ShouldHaveSingleItem().Name.ShouldBe("mine");
    }

    [Theory]
    [InlineData("../shared/data/groups/val", "groups/val")]
    [InlineData("../shared/data/negatives/images/", "data/negatives")]
    [InlineData("val", "val")]
    [InlineData("", "")]
    public void a_folder_is_named_by_its_last_parts(string path, string name) =>
        ValidationSetOptions.NameOf(path).ShouldBe(name);

    [Fact]
    public void a_validation_set_is_given_in_one_of_two_ways()
    {
        OptionFaults.Of(new ValidationSetOptions { Folder = "a" }).ShouldBeEmpty();
        OptionFaults.Of(new ValidationSetOptions { Annotations = "a", Images = "b" }).ShouldBeEmpty();
        OptionFaults.Of(new ValidationSetOptions { Annotations = "a" }).ShouldHaveSingleItem();
        OptionFaults.Of(new ValidationSetOptions { Folder = "a", Images = "b" }).ShouldHaveSingleItem();
        OptionFaults.Of(new AblationOptions { Validation = [new() { Folder = "x/a" }, new() { Folder = "y/x/a" }] })
            .ShouldHaveSingleItem().ShouldContain("two folders are called 'x/a'");
    }

    [Fact]
    public void wider_face_needs_its_ground_truth_and_its_pictures()
    {
        SmallBenchmark.WriteTo(folder.Of("eval_tools", "ground_truth"));
        Should.Throw<FaceLoupeException>(() => WiderValidation.Open(folder.Path, 0)).Message
            .ShouldContain(Path.Combine("0--Parade", "a.jpg"));

        foreach (var key in (string[])[SmallBenchmark.First, SmallBenchmark.Second, SmallBenchmark.Empty])
        {
            PictureFile.Write(new Picture(8, 8), folder.Of("WIDER_val", "images", key + ".jpg"));
        }

        WiderValidation.Open(folder.Path, 0).Paths.Keys.ShouldContain(SmallBenchmark.Second);
        WiderValidation.Open(folder.Path, 2).Truth.Pictures.Count.ShouldBe(2);
    }

    [Fact]
    public void an_untrained_regression_branch_moves_no_box()
    {
        using var discriminator = new DiscriminatorNetwork(TinyConfig.Discriminator);
        discriminator.eval();
        using var scope = TorchSharp.torch.NewDisposeScope();
        var input = TorchSharp.torch.ones(1, 3, 32, 32);
        discriminator.forward(input).Delta.abs().sum().item<float>().ShouldBeGreaterThan(0);

        discriminator.ZeroRegression();

        discriminator.forward(input).Delta.abs().sum().item<float>().ShouldBe(0);
    }
}
