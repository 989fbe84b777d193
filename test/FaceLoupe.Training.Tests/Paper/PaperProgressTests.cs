using FaceLoupe.Training.Paper;

namespace FaceLoupe.Training.Tests.Paper;

public sealed class PaperProgressTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("--fddb FDDB", "--fddb FDDB", true)]
    [InlineData("", "--fddb FDDB", false)]
    [InlineData("--curves CURVES", "", false)]
    public void a_step_with_other_inputs_is_done_again(string before, string now, bool done)
    {
        var progress = new PaperProgress { Steps = [new StepProgress("figures", StepOutcome.Done, 1, before)] };

        progress.IsDone(new PaperStep("figures", []) { Inputs = now }).ShouldBe(done);
        progress.IsDone(new PaperStep("export", []) { Inputs = now }).ShouldBeFalse();
    }
}
