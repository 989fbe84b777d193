using System.Diagnostics;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Imaging;
using FaceLoupe.Tests.Imaging;

namespace FaceLoupe.Cli.Tests.Isolation;

/// <summary>A file that kills a worker affects nothing else.</summary>
public sealed class IsolatedDecoderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-worker-");
    private readonly byte[] _file = TestPictures.ReferenceBytes("cells.png");

    private static IReadOnlyList<string> Worker => new IsolationLimits(4_000).Program;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void pictures_sizes_faults_and_damage_are_those_of_the_process_itself()
    {
        using var isolated = new IsolatedDecoder(Worker, 1);
        var jpeg = TestPictures.ReferenceBytes("noise-restarts.jpg");
        foreach (var file in (byte[][])[_file, jpeg, [.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9], [], [1, 2, 3]])
        {
            Reported(isolated, file).ShouldBe(Reported(OwnProcessDecoder.Instance, file));
        }

        isolated.Started.ShouldBe(2, "one for images and one for headers");
    }

    [Fact]
    public void a_worker_that_kills_itself_is_one_failed_file_and_the_next_is_read()
    {
        using var decoder = new IsolatedDecoder(DiesFirst("kill -SEGV $$"), 1);

        Should.Throw<UnreadablePictureException>(() => decoder.Decode(_file, "first.png", CancellationToken.None))
            .Message.ShouldStartWith("first.png: the process that decoded it died (exit code 139): ");
        decoder.Decode(_file, "second.png", CancellationToken.None).ShouldShowCells();
        decoder.Started.ShouldBe(2);
    }

    [Fact]
    public void a_worker_that_dies_between_two_files_costs_none()
    {
        using var decoder = new IsolatedDecoder(Worker, 1);
        decoder.Decode(_file, "first.png", CancellationToken.None);
        using var worker = Process.GetProcessById(decoder.Processes.ShouldHaveSingleItem());
        worker.Kill();
        worker.WaitForExit();

        decoder.Decode(_file, "second.png", CancellationToken.None).ShouldShowCells();
    }

    [Fact]
    public void a_worker_that_hangs_is_killed_when_the_time_is_over()
    {
        using var decoder = new IsolatedDecoder(DiesFirst("exec sleep 300"), 1);
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var clock = Stopwatch.StartNew();

        Should.Throw<OperationCanceledException>(() => decoder.Decode(_file, "first.png", end.Token));

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        decoder.Processes.ShouldBeEmpty();
        decoder.Decode(_file, "second.png", CancellationToken.None).ShouldShowCells();
    }

    [Theory]
    [InlineData("head -c 100 /dev/zero; exec sleep 300")]
    [InlineData(@"printf 'A\377\377\377\377\377\377\377\177\377\377\377\377\377\377\377\177'; exec sleep 300")]
    public void what_a_worker_that_was_taken_over_answers_is_not_believed(string answer)
    {
        using var decoder = new IsolatedDecoder(DiesFirst(answer), 1);

        Should.Throw<UnreadablePictureException>(() => decoder.Decode(_file, "first.png", CancellationToken.None))
            .Message.ShouldContain("its response was invalid");
        decoder.Processes.ShouldBeEmpty();
    }

    [Fact]
    public void a_picture_that_needs_more_memory_than_the_limit_fails_and_the_next_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux keeps the limit.");
        var bomb = PictureFile.Encode(new Picture(9_000, 8_000), PictureFormat.Png);
        using var decoder = new IsolatedDecoder(new IsolationLimits(300).Program, 1);

        Should.Throw<UnreadablePictureException>(() => decoder.Decode(bomb, "bomb.png", CancellationToken.None))
            .Message.ShouldContain("memory");
        decoder.Decode(_file, "second.png", CancellationToken.None).ShouldShowCells();
    }

    [Fact]
    public async Task a_worker_outlives_the_signals_of_a_terminal_and_ends_when_nobody_can_ask_any_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals.");
        using var decoder = new IsolatedDecoder(Worker, 1);
        decoder.Decode(_file, "first.png", CancellationToken.None);
        var worker = decoder.Processes.Single();
        foreach (var signal in (string[])["-INT", "-TERM"])
        {
            await SignalAsync(signal, worker);
        }

        decoder.Decode(_file, "second.png", CancellationToken.None);
        decoder.Started.ShouldBe(1);

        var start = new ProcessStartInfo(Worker[0], Worker.Skip(1)) { RedirectStandardInput = true };
        using var orphan = Process.Start(start)!;
        orphan.StandardInput.Close();
        await orphan.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        orphan.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void a_worker_has_no_key_and_leaves_no_dump()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Read from /proc.");
        using var decoder = new IsolatedDecoder(Worker, 1);
        Environment.SetEnvironmentVariable("FACELOUPE_API_KEY", "0123456789abcdef");
        try
        {
            decoder.Decode(_file, "first.png", CancellationToken.None);
        }
        finally
        {
            Environment.SetEnvironmentVariable("FACELOUPE_API_KEY", null);
        }

        var worker = decoder.Processes.Single();
        File.ReadAllText($"/proc/{worker}/environ").ShouldContain("PATH=");
        File.ReadAllText($"/proc/{worker}/environ").ShouldNotContain("FACELOUPE_API_KEY");
        var limits = File.ReadAllLines($"/proc/{worker}/limits");
        limits.Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal)).ShouldContain(" 0 ");
        limits.Single(line => line.StartsWith("Max data size", StringComparison.Ordinal)).ShouldContain(" 4194304000 ");
    }

    [Fact]
    public void what_a_killed_worker_leaves_goes_with_it()
    {
        var place = Path.Combine(_folder.FullName, "place");
        using var decoder = new IsolatedDecoder(
            DiesFirst($"echo x > $TMPDIR/left; printf $TMPDIR > '{place}'; exec sleep 300"), 1);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        Should.Throw<OperationCanceledException>(() => decoder.Decode(_file, "first.png", end.Token));

        var scratch = File.ReadAllText(place);
        Path.GetFileName(scratch).ShouldStartWith("faceloupe-");
        Directory.Exists(scratch).ShouldBeFalse();
    }

    [Fact]
    public async Task the_time_for_a_header_does_not_run_while_it_waits_for_its_turn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals.");
        using var pool = new WorkerPool(Worker, 1);
        var request = new WorkerRequest(true, "a.png", _file);
        pool.Send(request, CancellationToken.None);
        var worker = pool.Processes.Single();
        await SignalAsync("-STOP", worker);
        var first = Task.Run(() => pool.Send(request, CancellationToken.None));
        await Task.Delay(500);
        var second = Task.Run(() => pool.Send(request, CancellationToken.None, TimeSpan.FromSeconds(2)));
        await Task.Delay(3_000);
        await SignalAsync("-CONT", worker);

        (await second).Size.ShouldBe((await first).Size);
        pool.Started.ShouldBe(1);
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }

    // The first worker does something else; those after it work.
    private string[] DiesFirst(string first)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash.");
        var mark = Path.Combine(_folder.FullName, "begun");
        return ["/bin/bash", "-c", $"if mkdir '{mark}' 2>/dev/null; then {first}; fi; exec \"$@\"", "worker",
            .. Worker];
    }

    private static string Reported(IPictureDecoder decoder, byte[] file)
    {
        try
        {
            var size = decoder.ReadSize(file, "a.jpg", CancellationToken.None);
            var picture = decoder.Decode(file, "a.jpg", CancellationToken.None);
            return $"{size} {picture.Damage} "
                + $"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(picture.Pixels))}";
        }
        catch (UnreadablePictureException fault)
        {
            return fault.Message;
        }
    }
}
