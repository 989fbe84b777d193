using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class TrainingProgressTests : IDisposable
{
    private readonly SteppedClock clock = new();
    private readonly StringWriter output = new() { NewLine = "\n" };

    public void Dispose() => output.Dispose();

    [Fact]
    public void into_a_file_it_writes_a_plain_line_now_and_then()
    {
        using (var progress = new TrainingProgress("gan", 100, 0, output, interactive: false, 30, clock))
        {
            for (var step = 1; step <= 100; step++)
            {
                clock.Advance(1);
                progress.Report(step, new Dictionary<string, double> { ["real"] = 0.5, ["face"] = 1.25 }, 8);
            }
        }

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("gan 1/100 1%  real 0.5  face 1.25  8.0 samples/s  left 0:01:39");
        lines[1].ShouldBe("gan 31/100 31%  real 0.5  face 1.25  8.0 samples/s  left 0:01:09");
        lines[^1].ShouldBe("gan 100/100 100%  real 0.5  face 1.25  8.0 samples/s");
        lines.Length.ShouldBe(5);
        output.ToString().ShouldNotContain("\r");
    }

    [Fact]
    public void on_a_terminal_it_redraws_one_line_and_notes_stand_on_their_own()
    {
        using (var progress = new TrainingProgress("mine", 4, 0, output, interactive: true, clock: clock))
        {
            clock.Advance(1);
            progress.Report(1, new Dictionary<string, double>(), 10);
            progress.Note("checkpoint written");
            clock.Advance(1);
            progress.Report(2, new Dictionary<string, double>(), 10);
        }

        var text = output.ToString();
        text.ShouldStartWith("\rmine [#####...............] 1/4 25%  10.0 samples/s  left 0:00:03\r");
        text.ShouldContain("\rcheckpoint written\n\rmine [##########..........] 2/4 50%");
        text.ShouldEndWith("left 0:00:02\n");
    }

    [Fact]
    public void a_run_by_time_shows_the_time_left()
    {
        using (var progress = new TrainingProgress(
            "gan", 10, 0, output, interactive: false, 30, clock, TimeSpan.FromMinutes(2)))
        {
            for (var step = 1; step <= 40; step++)
            {
                clock.Advance(3);
                progress.Report(step, new Dictionary<string, double>(), 3);
            }
        }

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("gan 1 2%  1.0 samples/s  left 0:01:57");
        lines[1].ShouldBe("gan 11 27%  1.0 samples/s  left 0:01:27");
        lines[^1].ShouldBe("gan 40 100%  1.0 samples/s");
        lines.Length.ShouldBe(5);
    }

    [Fact]
    public void steps_before_a_resume_do_not_count_for_the_speed()
    {
        using var progress = new TrainingProgress("gan", 1010, 1000, output, interactive: false, 30, clock);
        clock.Advance(2);
        progress.Report(1001, new Dictionary<string, double>(), 4);
        output.ToString().ShouldContain("2.0 samples/s  left 0:00:18");
    }

    [Fact]
    public void losses_are_smoothed_but_a_broken_one_shows_at_once()
    {
        using var progress = new TrainingProgress("gan", 1000, 0, output, interactive: false, 0, clock);
        foreach (var (step, loss) in ((long, double)[])[(1, 1), (2, 2), (3, double.NaN), (4, 3)])
        {
            clock.Advance(1);
            progress.Report(step, new Dictionary<string, double> { ["loss"] = loss }, 1);
        }

        output.ToString().Split('\n')[..4].Select(line => line.Split("  ")[1])
            .ShouldBe(["loss 1", "loss 1.1", "loss NaN", "loss 3"]);
    }
}
