using FaceLoupe.Tests;

namespace FaceLoupe.Training.Tests.Stages;

[Collection(TorchAlone.Name)]
public sealed class StageCommandTests : IDisposable
{
    private static readonly string Smoke = RepositoryRoot.Combine("configs", "smoke.json");

    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Theory]
    [InlineData("proposals")]
    [InlineData("mine")]
    [InlineData("generator")]
    [InlineData("gan")]
    public void a_stage_whose_inputs_are_missing_leaves_no_folder(string stage)
    {
        Train(stage).ShouldBe(2);

        work.Console.Error.TrimEnd('\n').ShouldNotContain("\n");
        Directory.Exists(work.Folder.Of("run")).ShouldBeFalse();
    }

    [Fact]
    public void the_folders_of_other_stages_stay()
    {
        var earlier = Path.Combine(work.Folder.Of("run"), "proposals");
        Directory.CreateDirectory(earlier);
        File.WriteAllText(Path.Combine(earlier, "notes.txt"), "kept");

        Train("generator").ShouldBe(2);

        Directory.GetFileSystemEntries(work.Folder.Of("run")).ShouldBe([earlier]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("two")]
    public void a_number_out_of_range_is_refused_in_one_line(string threads)
    {
        Train("proposals", "--threads", threads).ShouldBe(2);

        work.Console.Error.ShouldContain($"--threads is '{threads}', not a whole number from 0 to 1024.");
        Directory.Exists(work.Folder.Of("run")).ShouldBeFalse();
    }

    private int Train(string stage, params string[] more) => TrainCommandLine.Run(
        [stage, "--run", work.Folder.Of("run"), "--config", Smoke, "--set", "data=[{\"folder\":\"none\"}]", .. more]);
}
