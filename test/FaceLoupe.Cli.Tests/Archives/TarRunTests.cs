using FaceLoupe.Cli.Archives;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Tests.Archives;

public sealed class TarRunTests : IDisposable
{
    private readonly TarScenes _tars = new();

    public void Dispose() => _tars.Dispose();

    [Fact]
    public void each_tar_becomes_a_file_of_rows_by_sample()
    {
        _tars.Make("in/00000.tar");
        _tars.Make("in/00001.tar");

        var call = _tars.Detect(_tars.Scenes.PathOf("in/{00000..00001}.tar"));

        call.ExitCode.ShouldBe(1, call.Error);
        call.Error.ShouldContain("4 faces in 6 images");
        _tars.Scenes.FilesIn("out").ShouldBe([
            "00000.faces.parquet", "00000.faces.parquet.summary.json", "00001.faces.parquet",
            "00001.faces.parquet.summary.json", "run.json"]);
        _tars.Scenes.FilesIn("in").ShouldBe(["00000.tar", "00001.tar"]);
        var rows = Rows("00001.faces.parquet");
        rows.Select(row => row.Sample).ShouldBe(Enumerable.Range(0, 4).Select(i => $"samples/00001000{i}"));
        rows.Select(row => row.Picture?.Faces.Count).ShouldBe([1, 1, null, 0]);
        rows[0].Image.ShouldBe(_tars.Scenes.PathOf("in/00001.tar/samples/000010000.png"));
        rows[2].Error.ShouldNotBeNull().ShouldStartWith(rows[2].Image);
    }

    [Fact]
    public void the_faces_are_those_of_the_same_files()
    {
        var tar = _tars.Make("in/00000.tar");
        _tars.Detect(tar);
        var file = DetectScenes.Detect(
            _tars.Scenes.Save("a.png"), "--format", "parquet", "--out", _tars.Scenes.PathOf("a.parquet"));
        file.ExitCode.ShouldBe(0);

        Rows("00000.faces.parquet")[0].Picture!.Faces
            .ShouldBe(ParquetFile.Read(_tars.Scenes.PathOf("a.parquet")).Single().Picture!.Faces);
    }

    [Fact]
    public void a_tar_without_failures_is_finished()
    {
        string[] args = [_tars.MakeOf("in/a.tar", ("a.png", TarScenes.Picture(face: true))), "--format", "jsonl"];
        _tars.Detect(args).ExitCode.ShouldBe(0);

        var again = _tars.Detect([.. args, "--resume"]);

        again.ExitCode.ShouldBe(0, again.Error);
        again.Error.ShouldContain("1 tar files were finished before");
    }

    [Fact]
    public void an_image_that_is_a_link_has_a_row_that_says_so()
    {
        var tar = _tars.MakeOf("in/a.tar", ("a.png", TarScenes.Picture(face: true)), ("b.png", null));

        var call = _tars.Detect(tar);

        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain("b.png: is a link to another file, which is not followed; pack with tar");
        Rows("a.faces.parquet").Select(row => row.Picture?.Faces.Count).ShouldBe([1, null]);
    }

    [Fact]
    public void tars_that_were_joined_as_files_are_not_taken_for_one()
    {
        var (a, b) = (_tars.Make("in/a.tar"), _tars.Make("in/b.tar"));
        var joined = _tars.Scenes.PathOf("in/joined.tar");
        File.WriteAllBytes(joined, [.. File.ReadAllBytes(a), .. File.ReadAllBytes(b)]);

        _tars.Detect(joined).Error.ShouldContain("joined.tar: goes on after the end of a tar file");
        File.WriteAllBytes(joined, [.. File.ReadAllBytes(a), .. new byte[20_000]]);
        _tars.Detect(joined).Error.ShouldContain("2 faces in 3 images");
    }

    [Fact]
    public void a_tar_that_ends_between_two_files_is_reported_as_truncated()
    {
        var tar = _tars.Make("in/00000.tar");
        var whole = File.ReadAllBytes(tar);
        var filled = Array.FindLastIndex(whole, value => value != 0);
        File.WriteAllBytes(tar, whole[..((filled + 512) / 512 * 512)]); // no blocks of zeros at the end

        var call = _tars.Detect(tar);

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain("00000.tar: the tar file is truncated");
        _tars.Scenes.FilesIn("out").ShouldNotContain("00000.faces.parquet");
    }

    [Fact]
    public void what_is_no_regular_file_or_empty_is_refused_as_a_tar()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        var empty = Path.Join(_tars.Scenes.PathOf("in"), "empty.tar");
        Directory.CreateDirectory(Path.GetDirectoryName(empty)!);
        File.WriteAllText(empty, "");
        _tars.Detect(empty).ShouldBeRefused("empty.tar: the file is empty");

        var zero = Path.ChangeExtension(empty, null) + "0.tar";
        File.CreateSymbolicLink(zero, "/dev/zero");
        DetectScenes.Detect(zero, "--out", _tars.Scenes.PathOf("other")).ShouldBeRefused("empty0.tar");
    }

    [Fact]
    public void what_is_finished_is_not_looked_at_again()
    {
        string[] tars = [_tars.Make("in/00000.tar"), _tars.Make("in/00001.tar")];
        _tars.Detect([.. tars, "--format", "jsonl"]).ExitCode.ShouldBe(1);
        var file = Path.Join(_tars.Out, "00001.faces.jsonl");
        var lines = File.ReadAllLines(file);

        // Killed in the second tar, after its first image.
        File.Delete(file);
        File.WriteAllText(file + ".partial.jsonl", lines[0] + "\n" + lines[1][..30]);
        var again = _tars.Detect([.. tars, "--format", "jsonl", "--resume"]);

        // The image of the first tar that failed is tried again.
        again.ExitCode.ShouldBe(1, again.Error);
        again.Error.ShouldContain("00000.tar/samples/000000002.png");
        again.Error.ShouldContain("1 face in 2 images");
        again.Error.ShouldContain("4 images finished before");
        File.ReadAllLines(file).ShouldBe(lines);
        File.Exists(file + ".partial.jsonl").ShouldBeFalse();
    }

    [Fact]
    public void parts_of_a_list_of_tars_are_joined_in_its_order()
    {
        string[] tars = [.. Enumerable.Range(0, 3).Select(i => _tars.Make($"in/0000{i}.tar"))];
        var list = _tars.Scenes.Write("tars.txt", string.Join('\n', tars));
        _tars.Detect("--list", list, "--shard", "1/2").ExitCode.ShouldBe(1);
        CliCall.Run("merge", _tars.Out, "--out", _tars.Scenes.PathOf("all.parquet"))
            .ShouldBeRefused("1 of 3 parts are not finished: 00000.faces.parquet");
        _tars.Detect("--list", list, "--shard", "0/2").ExitCode.ShouldBe(1);

        var merged = CliCall.Run("merge", _tars.Out, "--out", _tars.Scenes.PathOf("all.parquet"));

        (merged.ExitCode, merged.Error).ShouldBe((0, ""));
        merged.Output.ShouldStartWith("12 images in 3 parts: 6 faces, 3 images without, 3 failed");
        ParquetFile.Read(_tars.Scenes.PathOf("all.parquet")).Select(row => row.Image)
            .ShouldBe(tars.SelectMany(tar => TarFile.Pictures(tar)).Select(picture => picture.Name));
    }

    [Fact]
    public void a_tar_that_is_cut_short_has_no_rows_and_the_others_have()
    {
        string[] tars = [_tars.Make("in/00000.tar"), _tars.Make("in/00001.tar")];
        using (var file = File.OpenWrite(tars[0]))
        {
            file.SetLength(4_200);
        }

        // Read from front to back: images before the damage are still found.
        TarFile.Pictures(tars[0]).First().Key.ShouldBe("samples/000000000");
        var call = _tars.Detect(tars);

        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain($"faceloupe: {tars[0]}: ");
        File.Exists(Path.Join(_tars.Out, "00000.faces.parquet")).ShouldBeFalse();
        File.Exists(Path.Join(_tars.Out, "00001.faces.parquet")).ShouldBeTrue();
    }

    [Fact]
    public void what_does_not_fit_is_refused()
    {
        var tar = _tars.Make("in/00000.tar");
        DetectScenes.Detect(tar).ShouldBeRefused("Tar files need --out");
        _tars.Detect(tar, _tars.Scenes.Save("a.png")).ShouldBeRefused("a.png: is not a tar file");
        _tars.Detect(tar, "--format", "csv").ShouldBeRefused(
            "--format csv: the rows of tar files are parquet or jsonl");
        _tars.Detect(tar, "--crops", "c").ShouldBeRefused("are for image files, not for images in tar files");
        _tars.Detect(tar, _tars.Make("other/00000.tar")).ShouldBeRefused(
            "would have their results in 00000.faces.parquet");
        _tars.Detect(tar).ExitCode.ShouldBe(1);
        _tars.Detect(tar, "--min-score", "0.9").ShouldBeRefused("is the folder of a run with options.threshold");
        _tars.Detect(_tars.Scenes.PathOf("in/9.tar"), "--out", _tars.Scenes.PathOf("o")).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("a/000.jpg", "a/000")]
    [InlineData("a.b/000.seg.png", "a.b/000")]
    [InlineData("000", "000")]
    [InlineData(".hidden.png", ".hidden")]
    public void the_key_of_a_sample_ends_at_the_first_dot_of_the_name(string name, string key) =>
        TarPicture.KeyOf(name).ShouldBe(key);

    private ResultRow[] Rows(string file) => [.. ParquetFile.Read(Path.Join(_tars.Out, file))];
}
