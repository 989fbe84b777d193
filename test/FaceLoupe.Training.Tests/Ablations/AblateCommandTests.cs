using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Ablations;

[Collection(TorchAlone.Name)]
public sealed class AblateCommandTests : IDisposable
{
    private static readonly string Smoke = RepositoryRoot.Combine("configs", "smoke.json");
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void a_table_is_printed_and_a_validation_folder_can_be_given()
    {
        TrainCommandLine.Run([
            "ablate", "table2", "--config", Smoke, "--run", work.Folder.Path, "--rows", "baseline",
            "--set", $"data={work.Faces.SourceList}", "--set", "validationData=[]", "--set", "proposals.steps=1",
            "--threads", "1", "--device", "cpu",
            "--annotations", $"painted={Path.Combine(work.Faces.Folder, "bbx_gt.txt")}",
            "--images", Path.Combine(work.Faces.Folder, "images"),
        ]).ShouldBe(0, work.Console.Error);

        work.Console.Output.ShouldContain("## painted: 4 images, 12 faces all");
        work.Console.Output.ShouldContain(
            "| Ours* (ours + reg+ branch + reg loss) | - | - | - | - | 0 | 0.951 | 0.943 | 0.882 |");
    }

    [Theory]
    [InlineData("table5", "There is no table 'table5'; the tables are table2, table3, baselines.")]
    [InlineData("table2 --rows some", "--rows: table2 has no row 'some'; its rows are baseline, without-refinement,")]
    [InlineData("table2 --set gan.stepps=1", "gan.stepps", "did you mean gan.steps")]
    [InlineData("table2 --set ablation.seed=1", "ablation.seeds")]
    [InlineData("table2 --seeds none", "--seeds none: expected")]
    [InlineData("table2 --annotations x.txt", "1 --annotations and 0 --images")]
    [InlineData("table2 --wider nowhere", "--wider nowhere: no wider_{face,easy,medium,hard}_val.mat")]
    [InlineData("table2 --device gpu", "--device gpu: expected cpu, cuda or cuda:N.")]
    [InlineData("table2 --device cuda:99", "--device cuda:99: ")] // no CUDA at all, or too few cards
    [InlineData("table2 --set ablation.maxPictures=-1", "ablation.maxPictures must be at least 0")]
    public void invalid_arguments_are_refused_in_one_line(string arguments, params string[] reported)
    {
        TrainCommandLine.Run([
            "ablate", .. arguments.Split(' '), "--config", Smoke, "--run", work.Folder.Path,
            "--set", $"data={work.Faces.SourceList}", "--set", $"validationData={work.Faces.SourceList}",
        ]).ShouldBe(2);

        var line = work.Console.Error.TrimEnd('\n');
        line.ShouldStartWith("faceloupe-train: ");
        line.ShouldNotContain("\n");
        reported.ToList().ForEach(text => line.ShouldContain(text));
        Directory.GetFileSystemEntries(work.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void a_trained_generator_is_measured_on_validation_regions()
    {
        var run = work.Folder.Of("run");
        Mining.TinyRegions.Write(Path.Combine(run, "mine", "training.regions"), 8);
        Mining.TinyRegions.Write(Path.Combine(run, "mine", "validation.regions"), 8);
        TrainCommandLine.Run(["generator", "--run", run, "--config", Smoke, "--set", "generator.steps=1"])
            .ShouldBe(0, work.Console.Error);

        TrainCommandLine.Run(["measure", run, "--stage", "generator", "--sheet", work.Folder.Of("sheet.png")])
            .ShouldBe(0, work.Console.Error);

        work.Console.Output.ShouldStartWith("8 validation RoIs");
        work.Console.Output.ShouldContain("| G1 + G2 | ");
        FaceLoupe.Imaging.PictureFile.Read(work.Folder.Of("sheet.png")).Width.ShouldBeGreaterThan(32 * 5);
    }
}
