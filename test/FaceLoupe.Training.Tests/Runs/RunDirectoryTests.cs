using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string RunPath => folder.Of("run");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_new_run_is_described_by_its_files()
    {
        using var run = RunDirectory.Create(RunPath, resumeIfExists: false);
        run.Describe(new SampleOptions { Seed = 5 }, RunInfo.Capture("proposals", 5, "cpu"));
        run.IsResumed.ShouldBeFalse();
        run.ReadConfig<SampleOptions>().Seed.ShouldBe(5);
        var info = RunDirectory.Open(RunPath).ReadInfo();
        info.Stage.ShouldBe("proposals");
        info.Seed.ShouldBe(5UL);
        info.Device.ShouldBe("cpu");
        info.DotNet.ShouldStartWith(".NET");
        info.CommandLine.ShouldNotBeEmpty();
        info.Resumed.ShouldBeEmpty();
    }

    [Fact]
    public void an_empty_folder_may_be_used_and_resume_may_start_a_run()
    {
        Directory.CreateDirectory(RunPath);
        using var run = RunDirectory.Create(RunPath, resumeIfExists: true);
        run.IsResumed.ShouldBeFalse();
        run.LatestCheckpoint().ShouldBeNull();
    }

    [Fact]
    public void a_folder_in_use_is_refused_without_resume()
    {
        using (var run = StartRun())
        {
            run.Metrics.Append(1, [new("loss", 1)]);
        }

        Should.Throw<FaceLoupeException>(() => RunDirectory.Create(RunPath, resumeIfExists: false))
            .Message.ShouldContain("--resume");
    }

    [Fact]
    public void a_run_that_failed_before_its_first_step_may_be_started_again()
    {
        StartRun().Dispose();
        using var run = StartRun();
        run.IsResumed.ShouldBeFalse();
        run.ReadInfo().Resumed.ShouldBeEmpty();
    }

    [Fact]
    public void a_folder_of_something_else_is_not_resumed()
    {
        folder.File("letter.txt", "dear");
        Should.Throw<FaceLoupeException>(() => RunDirectory.Create(folder.Path, resumeIfExists: true))
            .Message.ShouldContain("run.json");
        Should.Throw<FaceLoupeException>(() => RunDirectory.Open(folder.Path)).Message.ShouldContain("run.json");
        Should.Throw<FaceLoupeException>(() => RunDirectory.Create(folder.Of("letter.txt"), resumeIfExists: true));
    }

    [Fact]
    public void a_resumed_run_keeps_its_start_and_drops_metrics_after_its_checkpoint()
    {
        DateTimeOffset started;
        using (var run = StartRun())
        {
            started = run.ReadInfo().Started;
            foreach (var step in (long[])[1, 2, 3, 4])
            {
                run.Metrics.Append(step, [new("loss", 1.0 / step)]);
            }

            run.SaveCheckpoint(2, path => File.WriteAllText(Path.Combine(path, "w"), "2"));
        }

        File.AppendAllText(MetricsPath, "{\"step\":2,\"lo");
        using (var run = RunDirectory.Create(RunPath, resumeIfExists: true))
        {
            run.IsResumed.ShouldBeTrue();
            run.Describe(new SampleOptions(), RunInfo.Capture("proposals", 1, "cpu"));
            run.Metrics.Append(3, [new("loss", 9)]);
            run.ReadInfo().Started.ShouldBe(started);
            run.ReadInfo().Resumed.Count.ShouldBe(1);
        }

        File.ReadAllLines(MetricsPath).Select(line => line.Split(',')[0])
            .ShouldBe(["{\"step\":1", "{\"step\":2", "{\"step\":3"]);
    }

    [Fact]
    public void a_run_stores_the_devices_of_its_steps()
    {
        Resume("cpu", checkpoint: 10).ShouldBe("cpu");
        Resume("cpu", checkpoint: 20).ShouldBe("cpu");
        Resume("cuda:0", checkpoint: 30).ShouldBe("cpu, from step 20 on cuda:0");
        Resume("cuda:0", checkpoint: null).ShouldBe("cpu, from step 20 on cuda:0");
        Resume("cpu", checkpoint: null).ShouldBe("cpu, from step 20 on cuda:0, from step 30 on cpu");
        // nothing was made on the processor
        Resume("cuda:1", checkpoint: 40).ShouldBe("cpu, from step 20 on cuda:0, from step 30 on cuda:1");
    }

    [Fact]
    public void a_run_without_a_step_has_the_device_of_its_restart()
    {
        using (var run = StartRun())
        {
            run.Metrics.Append(1, [new("loss", 1)]); // and stopped before its first checkpoint
        }

        Resume("cuda:0", checkpoint: 10).ShouldBe("cuda:0");
    }

    [Fact]
    public void a_run_without_a_checkpoint_resumes_from_nothing()
    {
        using (var run = StartRun())
        {
            run.Metrics.Append(1, [new("loss", 1)]);
        }

        using var again = RunDirectory.Create(RunPath, resumeIfExists: true);
        again.IsResumed.ShouldBeTrue();
        again.LatestCheckpoint().ShouldBeNull();
        new FileInfo(MetricsPath).Length.ShouldBe(0);
    }

    [Fact]
    public void a_second_process_is_kept_out()
    {
        using var run = StartRun();
        Should.Throw<FaceLoupeException>(() => RunDirectory.Create(RunPath, resumeIfExists: true))
            .Message.ShouldContain("another");
    }

    [Fact]
    public void metrics_can_be_read_while_the_run_goes_on()
    {
        using var run = StartRun();
        run.Metrics.Append(10, [new("loss", 0.25), new("broken", double.NaN)], "validation");
        using var stream = new FileStream(MetricsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var line = reader.ReadToEnd();
        line.ShouldStartWith("{\"step\":10,\"kind\":\"validation\",\"time\":\"20");
        line.ShouldEndWith("\"loss\":0.25,\"broken\":\"NaN\"}\n");
    }

    [Fact]
    public void sheets_are_written_to_their_folder()
    {
        using var run = StartRun();
        run.SheetPath(42, "gan").ShouldBe(Path.Combine(RunPath, "sheets", "gan-000042.png"));
        Directory.Exists(Path.Combine(RunPath, "sheets")).ShouldBeTrue();
    }

    private string MetricsPath => Path.Combine(RunPath, "metrics.jsonl");

    private string Resume(string device, long? checkpoint)
    {
        using var run = RunDirectory.Create(RunPath, resumeIfExists: true);
        run.Describe(new SampleOptions(), RunInfo.Capture("proposals", 1, device));
        if (checkpoint is { } step)
        {
            run.SaveCheckpoint(step, path => File.WriteAllText(Path.Combine(path, "w"), "1"));
        }

        return run.ReadInfo().DeviceText;
    }

    private RunDirectory StartRun()
    {
        var run = RunDirectory.Create(RunPath, resumeIfExists: false);
        run.Describe(new SampleOptions(), RunInfo.Capture("proposals", 1, "cpu"));
        return run;
    }
}
