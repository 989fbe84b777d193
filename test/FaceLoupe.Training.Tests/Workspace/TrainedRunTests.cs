using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Workspace;

public sealed class TrainedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void options_come_from_the_first_stage_unless_a_stage_is_resumed()
    {
        var training = new TrainedRun(folder.Path);
        training.FindConfig().ShouldBeNull();
        training.FindConfig("gan").ShouldBeNull();

        var proposals = Config("proposals");
        training.FindConfig("gan").ShouldBe(proposals);

        var gan = Config("gan");
        training.FindConfig().ShouldBe(proposals);
        training.FindConfig("gan").ShouldBe(gan);
    }

    [Fact]
    public void a_stage_without_run_or_checkpoint_is_named()
    {
        var training = new TrainedRun(folder.Path);
        Should.Throw<FaceLoupeException>(() => training.LoadGenerator("gan"))
            .Message.ShouldContain("run faceloupe-train gan");

        using (var run = RunDirectory.Create(training.StageFolder("gan"), resumeIfExists: false))
        {
            run.Describe(new TrainingConfig(), RunInfo.Capture("gan", 1, "cpu"));
        }

        Should.Throw<FaceLoupeException>(() => training.LoadDiscriminator()).Message.ShouldContain("no checkpoint yet");
    }

    private string Config(string stage)
    {
        Directory.CreateDirectory(folder.Of(stage));
        return folder.File(Path.Combine(stage, "config.json"), "{}");
    }
}
