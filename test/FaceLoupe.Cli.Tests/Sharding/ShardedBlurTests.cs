using System.Text.Json;

namespace FaceLoupe.Cli.Tests.Sharding;

public sealed class ShardedBlurTests : IDisposable
{
    private readonly ShardScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void parts_write_copies_and_rows_that_merge_to_those_of_one(string format)
    {
        for (var i = 0; i < 3; i++)
        {
            var call = _scenes.Blur(i, 3, "--format", format);
            call.ExitCode.ShouldBe(i == 1 ? 1 : 0, call.Error);
        }

        var merged = _scenes.Merge("merged." + format);

        (merged.ExitCode, merged.Error).ShouldBe((0, ""));
        merged.Output.ShouldStartWith("10 images in 3 parts: 8 faces, 1 image without, 1 failed; ");
        _scenes.Scenes.FilesIn("run").Count(file => file.EndsWith(".png", StringComparison.Ordinal)).ShouldBe(9);
        if (format == "jsonl")
        {
            Directory.Delete(_scenes.Run, recursive: true);
            _scenes.Blur(0, 1).ExitCode.ShouldBe(1);
            _scenes.Bytes("run/00000-of-00001.jsonl").ShouldBe(_scenes.Bytes("merged.jsonl"));
        }
    }

    [Fact]
    public void a_part_that_was_begun_is_not_begun_again_unasked()
    {
        _scenes.Blur(0, 1).ExitCode.ShouldBe(1);
        var rows = _scenes.Bytes("run/00000-of-00001.jsonl");

        _scenes.Blur(0, 1).ShouldBeRefused("00000-of-00001.jsonl: this part was begun before; --resume continues it");

        _scenes.Bytes("run/00000-of-00001.jsonl").ShouldBe(rows);
        _scenes.Blur(0, 1, "--overwrite").ExitCode.ShouldBe(1);
        _scenes.Bytes("run/00000-of-00001.jsonl").ShouldBe(rows);
    }

    [Fact]
    public void copies_are_named_by_the_whole_list_and_told_in_the_rows()
    {
        Directory.CreateDirectory(_scenes.Scenes.PathOf("more"));
        var other = _scenes.Scenes.Save("more/0.png");
        File.AppendAllText(_scenes.List, other + "\n");
        _scenes.Blur(0, 2).ExitCode.ShouldBe(1);
        _scenes.Blur(1, 2).ExitCode.ShouldBe(0);

        File.Exists(Path.Join(_scenes.Run, "photos", "0.png")).ShouldBeTrue();
        File.Exists(Path.Join(_scenes.Run, "more", "0.png")).ShouldBeTrue();
        Rows("00001-of-00002.jsonl")[^1].GetProperty("output").GetString().ShouldBe(
            Path.Join(_scenes.Run, "more/0.png"));
    }

    [Fact]
    public void an_attempt_that_was_killed_is_gone_on_with()
    {
        _scenes.Blur(0, 2).ExitCode.ShouldBe(1);
        var whole = _scenes.Bytes("run/00000-of-00002.jsonl");
        var rows = Rows("00000-of-00002.jsonl");

        // Killed between the copy of the second image and its row.
        File.Delete(Path.Join(_scenes.Run, "00000-of-00002.jsonl"));
        _scenes.Scenes.Write("run/00000-of-00002.jsonl.partial.jsonl", rows[0].GetRawText() + "\n");
        _scenes.Scenes.Write("run/00000-of-00002.jsonl.underway", JsonSerializer.Serialize<string[]>(
            [_scenes.Pictures[1], rows[1].GetProperty("output").GetString()!]));
        foreach (var later in rows[2..].Where(row => row.TryGetProperty("output", out _)))
        {
            File.Delete(later.GetProperty("output").GetString()!);
        }

        var again = _scenes.Blur(0, 2, "--resume");

        again.ExitCode.ShouldBe(1, again.Error);
        again.Error.ShouldContain("1 file finished by an earlier run");
        _scenes.Bytes("run/00000-of-00002.jsonl").ShouldBe(whole);
        File.Exists(Path.Join(_scenes.Run, "00000-of-00002.jsonl.underway")).ShouldBeFalse();
    }

    [Fact]
    public void two_files_whose_copies_would_be_one_are_refused()
    {
        File.AppendAllText(
            _scenes.List,
            $"{_scenes.Scenes.Write("photos/a.bmp", "")}\n{_scenes.Scenes.Write("photos/A.BMP.png", "")}\n");

        _scenes.Blur(0, 2).ShouldBeRefused("lines 11 and 12 would both be written as ", "rename one of the two files");
    }

    [Fact]
    public void a_run_with_another_mask_is_refused()
    {
        _scenes.Blur(0, 2).ExitCode.ShouldBe(1);

        _scenes.Blur(1, 2, "--mask", "solid", "-q").ShouldBeRefused(
            "options.mask \"pixelate\", but this run has \"solid\"");
    }

    [Theory]
    [InlineData("Give at least one INPUT, or --list FILE.")]
    [InlineData("--format is for the rows of --shard", "a.png", "--format", "parquet")]
    [InlineData("--shard cannot be combined with --audit", "--list", "l", "--shard", "0/2", "--audit", "a")]
    public void options_that_cannot_be_combined_are_refused(string reported, params string[] args) =>
        CliCall.Run(["blur", "--out", "b", .. args]).ShouldBeRefused(reported);

    [Fact]
    public void a_list_without_parts_names_files_as_arguments_do()
    {
        var call = CliCall.Run(
            "blur", "--list", _scenes.List, "--out", _scenes.Run, "--model", FaceLoupe.Tests.TinyModel.Folder);

        call.ExitCode.ShouldBe(1, call.Error);
        _scenes.Scenes.FilesIn("run").Length.ShouldBe(9);
    }

    private JsonElement[] Rows(string file) =>
        [.. File.ReadAllLines(Path.Join(_scenes.Run, file)).Select(line => JsonElement.Parse(line))];
}
