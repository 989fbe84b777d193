using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class ParquetFileTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void rows_are_read_as_they_were_written_over_several_groups()
    {
        ResultRow[] rows = [.. Enumerable.Range(0, 25_003).Select(Row)];
        var path = _scenes.PathOf("a.parquet");
        using (var stream = File.Create(path))
        {
            ParquetFile.Write(stream, rows);
        }

        var read = ParquetFile.Read(path).ToArray();

        read.Length.ShouldBe(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            (read[i].Image, read[i].Error).ShouldBe((rows[i].Image, rows[i].Error));
            (read[i].Picture?.Faces ?? []).ShouldBe(rows[i].Picture?.Faces ?? []);
            (read[i].Picture?.Width, read[i].Picture?.Frame, read[i].Picture?.IsDamaged)
                .ShouldBe((rows[i].Picture?.Width, rows[i].Picture?.Frame, rows[i].Picture?.IsDamaged));
        }
    }

    [Fact]
    public void a_damaged_file_is_reported_in_one_line()
    {
        var path = _scenes.Write("a.parquet", "PAR1 and nothing of the kind");

        Should.Throw<FaceLoupeException>(() => ParquetFile.Read(path).ToArray()).Message.ShouldStartWith(
            $"{path}: is not a Parquet file");
    }

    [Fact]
    public void a_resumed_run_and_an_evaluation_read_it()
    {
        string[] pictures = [_scenes.Save("a.png"), _scenes.Save("b.png")];
        var file = _scenes.PathOf("faces.parquet");
        DetectScenes.Detect(pictures[0], "--format", "parquet", "--out", file).ExitCode.ShouldBe(0);

        var call = DetectScenes.Detect([.. pictures, "--format", "parquet", "--out", file, "--resume"]);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("1 image finished before");
        ParquetFile.Read(file).Select(row => row.Image).ShouldBe(pictures);
    }

    private static ResultRow Row(int i) => i % 7 == 3
        ? ResultRow.Of(new InputFault($"{i}.png", $"{i}.png: no image"))
        : ResultRow.Of(new PictureFaces(
            $"{i}.png",
            $"{i}.png",
            100 + i,
            90,
            [.. Enumerable.Range(0, i % 4).Select(face => new FoundFace(new Box(face + 0.1f, i, 3, 4), face - 0.25)
            {
                WrittenScore = face / 8.0,
            })],
            i % 5 == 1 ? new FramePosition(i, i / 10.0) : null)
        {
            IsDamaged = i % 11 == 0,
        });
}
