using System.Text.Json;
using FaceLoupe.Cli.Tests.Detection;

namespace FaceLoupe.Cli.Tests.Sharding;

public sealed class ShardedDetectTests : IDisposable
{
    private readonly ShardScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void merged_parts_are_byte_for_byte_what_one_run_makes(string format)
    {
        for (var i = 0; i < 3; i++)
        {
            var call = _scenes.Detect(i, 3, "--format", format);
            call.ExitCode.ShouldBe(i == 1 ? 1 : 0, call.Error);
        }

        var merged = _scenes.Merge("merged." + format);
        DetectScenes.Detect("--list", _scenes.List, "--format", format, "--out", _scenes.Scenes.PathOf("one." + format))
            .ExitCode.ShouldBe(1);

        (merged.ExitCode, merged.Error).ShouldBe((0, ""));
        merged.Output.ShouldStartWith("10 images in 3 parts: 8 faces, 1 image without, 1 failed; ");
        merged.Output.ShouldContain("\n  1 failed: ");
        _scenes.Bytes("merged." + format).ShouldBe(_scenes.Bytes("one." + format));
        _scenes.Scenes.FilesIn("run").ShouldBe(
        [
            .. Enumerable.Range(0, 3).SelectMany(i => (string[])[
                $"0000{i}-of-00003.{format}", $"0000{i}-of-00003.{format}.summary.json"]),
            "run.json",
        ]);
    }

    [Fact]
    public void failed_and_empty_differ()
    {
        _scenes.Detect(0, 1);
        var rows = Lines("run/00000-of-00001.jsonl");

        rows.Select(row => row.GetProperty("image").GetString()).ShouldBe(_scenes.Pictures);
        rows[7].GetProperty("status").GetString().ShouldBe("ok");
        rows[7].GetProperty("faces").GetArrayLength().ShouldBe(0);
        rows[4].GetProperty("status").GetString().ShouldBe("failed");
        rows[4].GetProperty("error").GetString().ShouldNotBeNull().ShouldStartWith(_scenes.Pictures[4]);
        rows[4].TryGetProperty("faces", out _).ShouldBeFalse();
    }

    [Fact]
    public void a_part_of_failures_alone_is_finished_all_the_same()
    {
        var call = _scenes.Detect(4, 10);

        call.ExitCode.ShouldBe(1, call.Error);
        Lines("run/00004-of-00010.jsonl").Single().GetProperty("status").GetString().ShouldBe("failed");
    }

    [Fact]
    public void a_part_without_pictures_is_finished_and_empty()
    {
        var call = _scenes.Detect(0, 11);

        call.ExitCode.ShouldBe(0, call.Error);
        _scenes.Bytes("run/00000-of-00011.jsonl").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void what_a_killed_attempt_finished_is_not_looked_at_again(string format)
    {
        _scenes.Detect(0, 2, "--format", format).ExitCode.ShouldBe(1);
        var file = $"run/00000-of-00002.{format}";
        var whole = _scenes.Bytes(file);
        DetectScenes.Detect("--list", _scenes.List, "--format", "jsonl", "--out", _scenes.Scenes.PathOf("other.jsonl"));

        // As after a kill: no file, and the state with a truncated line.
        File.Delete(_scenes.Scenes.PathOf(file));
        var rows = Lines("other.jsonl")[..2].Select(row => row.GetRawText());
        _scenes.Scenes.Write(file + ".partial.jsonl", string.Join('\n', rows) + "\n{\"image\": \"");
        var again = _scenes.Detect(0, 2, "--format", format, "--resume");

        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("2 images finished before");
        File.Exists(_scenes.Scenes.PathOf(file + ".partial.jsonl")).ShouldBeFalse();
        if (format == "jsonl")
        {
            _scenes.Bytes(file).ShouldBe(whole);
        }
    }

    [Fact]
    public void a_line_that_is_there_twice_is_refused()
    {
        File.AppendAllText(_scenes.List, Path.Combine(_scenes.Scenes.Folder, "photos", ".", "3.png") + "\n");

        _scenes.Detect(0, 3).ShouldBeRefused("list.txt: lines 4 and 11 are both ", "list it once");
        Directory.Exists(_scenes.Run).ShouldBeFalse();
    }

    [Fact]
    public void missing_files_are_refused_with_their_line()
    {
        File.Delete(_scenes.Pictures[1]);
        File.Delete(_scenes.Pictures[2]);

        _scenes.Detect(0, 2).ShouldBeRefused(
            $"2 of the 5 files of this part are missing, the first on line 2: {_scenes.Pictures[1]}");
        Directory.Exists(_scenes.Run).ShouldBeFalse();
    }

    [Fact]
    public void a_folder_in_the_list_is_refused()
    {
        File.AppendAllText(_scenes.List, _scenes.Scenes.Folder + "\n");

        _scenes.Detect(0, 1).ShouldBeRefused("line 11 is the folder");
    }

    [Fact]
    public void a_part_out_of_range_is_refused() =>
        _scenes.Detect(3, 3).ShouldBeRefused("--shard 3/3: part 3 is out of range; 3 parts are numbered from 0 to 2.");

    [Theory]
    [InlineData("shards 3, but this run has 2", "0/2")]
    [InlineData("options.threshold ", "1/3", "--min-score", "0.25")]
    [InlineData("format \"jsonl\", but this run has \"parquet\"", "1/3", "--format", "parquet")]
    public void a_folder_of_a_run_with_other_options_is_refused(string reported, string part, params string[] more)
    {
        _scenes.Detect(0, 3).ExitCode.ShouldBe(0);

        DetectScenes.Detect(["--list", _scenes.List, "--shard", part, "--out", _scenes.Run, .. more])
            .ShouldBeRefused($"--out {_scenes.Run}: is the folder of a run with ", reported, "give another folder");
    }

    [Fact]
    public void a_folder_of_a_run_over_another_list_or_with_another_model_is_refused()
    {
        _scenes.Detect(0, 3).ExitCode.ShouldBe(0);
        File.WriteAllText(_scenes.List, string.Join('\n', _scenes.Pictures.Reverse()));
        _scenes.Detect(0, 3).ShouldBeRefused("listSha256");

        File.WriteAllText(_scenes.List, string.Join('\n', _scenes.Pictures));
        var call = CliCall.Run(
            "detect", "--list", _scenes.List, "--shard", "0/3", "--out", _scenes.Run, "--model", "compact-int8");
        call.ShouldBeRefused("model \"tiny");
    }

    [Theory]
    [InlineData("--shard needs --list FILE and --out DIR", "a.png", "--shard", "0/2", "--out", "b")]
    [InlineData("--shard needs --list FILE and --out DIR", "--list", "l", "--shard", "0/2")]
    [InlineData(
        "--shard writes --format jsonl or parquet, not csv", "--list", "l", "--shard", "0/2", "--out", "b", "--format",
        "csv")]
    [InlineData(
        "--shard cannot be combined with --annotate", "--list", "l", "--shard", "0/2", "--out", "b", "--annotate", "c")]
    [InlineData("expected 'auto' or I/N", "--list", "l", "--shard", "two", "--out", "b")]
    [InlineData("--format parquet needs --out", "a.png", "--format", "parquet")]
    public void options_that_cannot_be_combined_are_refused(string reported, params string[] args) =>
        DetectScenes.Detect(args).ShouldBeRefused(reported);

    private JsonElement[] Lines(string file) =>
        [.. File.ReadAllLines(_scenes.Scenes.PathOf(file)).Select(line => JsonElement.Parse(line))];
}
