using FaceLoupe.Cli.Tests.Sharding;

namespace FaceLoupe.Cli.Tests.Merging;

public sealed class MergeTests : IDisposable
{
    private readonly ShardScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void a_part_that_is_not_there_is_reported()
    {
        _scenes.Detect(1, 3);

        _scenes.Merge("all.jsonl").ShouldBeRefused("2 of 3 parts are not finished: 0/3, 2/3; run them with --resume.");
        File.Exists(_scenes.Scenes.PathOf("all.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public void pictures_that_are_missing_doubled_or_others_are_reported()
    {
        _scenes.Detect(0, 2);
        _scenes.Detect(1, 2);
        var file = _scenes.Scenes.PathOf("run/00000-of-00002.jsonl");
        var lines = File.ReadAllLines(file);

        File.WriteAllLines(file, lines[..^1]);
        _scenes.Merge("all.jsonl").ShouldBeRefused("00000-of-00002.jsonl: has 4 images instead of 5");

        File.WriteAllLines(file, [.. lines[..^1], lines[0]]);
        _scenes.Merge("all.jsonl").ShouldBeRefused($"has {_scenes.Pictures[0]} twice");

        File.WriteAllLines(
            file, [.. lines[..^1], File.ReadAllLines(_scenes.Scenes.PathOf("run/00001-of-00002.jsonl"))[0]]);
        _scenes.Merge("all.jsonl").ShouldBeRefused(
            "have other images than the list of run.json, or two parts have the same");

        File.WriteAllLines(file, [.. lines[..^1], "{"]);
        _scenes.Merge("all.jsonl").ShouldBeRefused("line 5: not JSON");
        _scenes.Scenes.FilesIn(".").ShouldNotContain("all.jsonl");
    }

    [Fact]
    public void parts_are_not_replaced_whichever_links_lead_to_them()
    {
        _scenes.Detect(0, 1);
        var part = _scenes.Scenes.PathOf("run/00000-of-00001.jsonl");
        var before = File.ReadAllBytes(part);
        Directory.CreateSymbolicLink(_scenes.Scenes.PathOf("link"), _scenes.Run);

        _scenes.Merge("link/00000-of-00001.jsonl").ShouldBeRefused("would replace");
        _scenes.Merge("s3:").ShouldBeRefused("ends in .jsonl");
        CliCall.Run("merge", _scenes.Run, "--out", "s3://results/all.jsonl").ShouldBeRefused("is not on this machine");

        File.ReadAllBytes(part).ShouldBe(before);
        Directory.Exists("s3:").ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1,", "\"schemaVersion\": 1, \"schemaVersion\": 1,")]
    [InlineData("\"verb\"", "\"results\": [null], \"verb\"")]
    [InlineData("\"verb\"", "\"results\": [\"../a.jsonl\"], \"verb\"")]
    public void a_record_that_was_changed_by_hand_is_refused(string before, string after)
    {
        _scenes.Detect(0, 1);
        var record = _scenes.Scenes.PathOf("run/run.json");
        File.WriteAllText(record, File.ReadAllText(record).Replace(before, after, StringComparison.Ordinal));

        _scenes.Merge("all.jsonl").ShouldBeRefused("run.json");
    }

    [Fact]
    public void a_row_without_a_name_is_counted()
    {
        _scenes.Detect(0, 1);
        var part = _scenes.Scenes.PathOf("run/00000-of-00001.jsonl");
        var lines = File.ReadAllLines(part);
        File.WriteAllLines(part, [.. lines[..^1], """{"image":"","status":"failed","error":"x"}"""]);

        _scenes.Merge("all.jsonl").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void a_report_for_programs_has_reasons_with_their_numbers()
    {
        _scenes.Detect(0, 1);

        var report = _scenes.Merge("all.jsonl", "--json").Json;

        report.GetProperty("pictures").GetInt64().ShouldBe(10);
        report.GetProperty("faces").GetInt64().ShouldBe(8);
        report.GetProperty("empty").GetInt64().ShouldBe(1);
        report.GetProperty("failed").GetInt64().ShouldBe(1);
        var failure = report.GetProperty("failures").EnumerateArray().Single();
        failure.GetProperty("count").GetInt64().ShouldBe(1);
        failure.GetProperty("reason").GetString().ShouldNotBeNull().ShouldNotContain("4.png");
        report.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void folders_and_names_that_do_not_fit_are_refused()
    {
        Directory.CreateDirectory(_scenes.Run);
        _scenes.Merge("all.jsonl").ShouldBeRefused("is not the folder of a run with --shard");
        _scenes.Detect(0, 1);
        _scenes.Merge("all.parquet").ShouldBeRefused("give a name that ends in .jsonl");
        _scenes.Merge("run/00000-of-00001.jsonl").ShouldBeRefused("is named like a part of the run");
        var record = File.ReadAllText(_scenes.Scenes.PathOf("run/run.json"));
        File.WriteAllText(
            _scenes.Scenes.PathOf("run/run.json"),
            System.Text.RegularExpressions.Regex.Replace(record, "(\"shards\": ?)1", "${1}-1"));
        _scenes.Merge("all.jsonl").ShouldBeRefused("run.json: has no number 'shards' from 1 to 100000");
        File.WriteAllText(_scenes.Scenes.PathOf("run/run.json"), "[]");
        _scenes.Merge("all.jsonl").ShouldBeRefused("run.json: is not a record of a run");
    }
}
