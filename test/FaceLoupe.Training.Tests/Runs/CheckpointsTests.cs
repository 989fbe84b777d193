using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class CheckpointsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Checkpoints checkpoints;

    public CheckpointsTests() => checkpoints = new Checkpoints(folder.Of("checkpoints"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_new_run_has_no_checkpoints()
    {
        checkpoints.Latest().ShouldBeNull();
        checkpoints.All().ShouldBeEmpty();
    }

    [Fact]
    public void the_latest_and_the_one_before_are_kept()
    {
        foreach (var step in (long[])[0, 900, 1_000_000, 1_000_001])
        {
            Save(step, $"weights {step}");
        }

        checkpoints.All().Select(one => one.Step).ShouldBe([1_000_000, 1_000_001]);
        File.ReadAllText(Path.Combine(checkpoints.Latest()!.Folder, "weights")).ShouldBe("weights 1000001");
        Path.GetFileName(Save(1_000_002, "")).ShouldBe("step-1000002");
    }

    [Fact]
    public void a_step_saved_twice_holds_the_later_files()
    {
        Save(3, "first");
        Save(3, "second");
        checkpoints.All().Count.ShouldBe(1);
        File.ReadAllText(Path.Combine(checkpoints.Latest()!.Folder, "weights")).ShouldBe("second");
    }

    [Fact]
    public void a_write_that_fails_leaves_the_earlier_checkpoint_as_the_latest()
    {
        Save(1, "good");
        Should.Throw<IOException>(() => checkpoints.Save(2, path =>
        {
            File.WriteAllText(Path.Combine(path, "weights"), "half");
            throw new IOException("disk full");
        }));
        checkpoints.Latest()!.Step.ShouldBe(1);
        Save(2, "whole");
        Directory.EnumerateFileSystemEntries(folder.Of("checkpoints")).Count().ShouldBe(2);
    }

    [Fact]
    public void other_folders_are_no_checkpoints()
    {
        Save(5, "");
        Directory.CreateDirectory(folder.Of("checkpoints", "step-best"));
        checkpoints.Latest()!.Step.ShouldBe(5);
    }

    private string Save(long step, string text) =>
        checkpoints.Save(step, path => File.WriteAllText(Path.Combine(path, "weights"), text)).Folder;
}
