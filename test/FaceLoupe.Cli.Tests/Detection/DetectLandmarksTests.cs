using System.Globalization;
using System.Text.Json;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class DetectLandmarksTests : IDisposable
{
    private static readonly string[] Keys = ["leftEye", "rightEye", "nose", "leftMouth", "rightMouth"];
    private static readonly float[] Wanted =
        [.. TinyModel.LandmarkShares.Within(DetectScenes.Face).Points.SelectMany(point => (float[])[point.X, point.Y])];

    private readonly DetectScenes _scenes = new();
    private readonly string _picture;

    public DetectLandmarksTests() => _picture = _scenes.Save("a.png");

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void json_has_a_pair_of_numbers_for_each_point_and_nothing_unasked()
    {
        var face = Detect("--landmarks").Json.GetProperty("images")[0].GetProperty("faces")[0];

        ShouldBe(Keys.SelectMany(key => Numbers(face.GetProperty("landmarks").GetProperty(key))));
        Detect().Json.GetProperty("images")[0].GetProperty("faces")[0].TryGetProperty("landmarks", out _)
            .ShouldBeFalse();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("coco")]
    public void what_was_written_is_read_back(string format)
    {
        var path = _scenes.PathOf("out." + format);
        Detect("--landmarks", "--format", format, "--out", path).ExitCode.ShouldBe(0);

        var read = format switch
        {
            "json" => DetectionDocument.Read(path),
            "jsonl" => JsonLines.Read(path),
            "csv" => CsvTable.Read(path),
            _ => CocoFaces.Read(path),
        };

        ShouldBe(read[0].Faces.ShouldHaveSingleItem().Landmarks!.Points.SelectMany(
            point => (float[])[point.X, point.Y]));
    }

    [Fact]
    public void coco_has_keypoints_with_their_names()
    {
        var coco = Detect("--landmarks", "--format", "coco").Json;

        coco.GetProperty("categories")[0].GetProperty("keypoints").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["left_eye", "right_eye", "nose", "left_mouth_corner", "right_mouth_corner"]);
        var face = coco.GetProperty("annotations")[0];
        face.GetProperty("num_keypoints").GetInt32().ShouldBe(5);
        Numbers(face.GetProperty("keypoints")).Where((_, i) => i % 3 == 2).ShouldAllBe(visible => visible == 2);
    }

    [Fact]
    public void a_table_has_ten_more_columns_empty_where_there_is_no_face()
    {
        var none = _scenes.Save("none.png", face: false);

        var rows = CliCall.Run(
            "detect", _picture, none, "--landmarks", "--format", "csv", "--model", TinyModel.LandmarksFolder)
            .Output.TrimEnd('\n').Split('\n');

        rows[0].ShouldEndWith(",logit,left_eye_x,left_eye_y,right_eye_x,right_eye_y,nose_x,nose_y,"
            + "left_mouth_corner_x,left_mouth_corner_y,right_mouth_corner_x,right_mouth_corner_y");
        rows.ShouldAllBe(row => row.Split(',', StringSplitOptions.None).Length == 20);
        ShouldBe(rows[1].Split(',')[10..].Select(number => float.Parse(number, CultureInfo.InvariantCulture)));
        rows[2].ShouldBe($"{none},100,90,0,,,,,,,,,,,,,,,,");
    }

    [Fact]
    public void a_marked_picture_has_a_dot_on_each_point()
    {
        var marked = _scenes.PathOf("marked.png");

        Detect("--landmarks", "--annotate", marked, "--labels", "never").ExitCode.ShouldBe(0);

        var picture = PictureFile.Read(marked);
        for (var i = 0; i < Wanted.Length; i += 2)
        {
            var at = picture.OffsetOf((int)Wanted[i], (int)Wanted[i + 1]);
            picture.Pixels[at..(at + 3)].ShouldBe([(byte)240, (byte)228, (byte)66]);
        }
    }

    [Fact]
    public void a_model_that_gives_none_is_refused_in_one_line() =>
        CliCall.Run("detect", _picture, "--landmarks", "--model", TinyModel.Folder)
            .ShouldBeRefused("The model tiny 1.0.0 gives no landmarks; give one that was trained with them");

    [Theory]
    [InlineData("yolo")]
    [InlineData("voc")]
    [InlineData("wider")]
    [InlineData("xmp")]
    [InlineData("parquet")]
    public void a_format_that_cannot_hold_them_is_refused(string format) =>
        Detect("--landmarks", "--format", format, "--out", _scenes.PathOf("out"))
            .ShouldBeRefused($"--landmarks: --format {format} cannot hold them; give json, jsonl, csv or coco");

    [Fact]
    public void the_first_stage_alone_has_none() =>
        Detect("--landmarks", "--stages", "1").ShouldBeRefused("Landmarks come from the second stage");

    private CliCall Detect(params string[] args) =>
        CliCall.Run(["detect", _picture, .. args, "--model", TinyModel.LandmarksFolder]);

    private static IEnumerable<float> Numbers(JsonElement list) =>
        list.EnumerateArray().Select(number => number.GetSingle());

    private static void ShouldBe(IEnumerable<float> numbers)
    {
        var list = numbers.ToArray();
        list.Length.ShouldBe(Wanted.Length);
        for (var i = 0; i < list.Length; i++)
        {
            list[i].ShouldBe(Wanted[i], 0.011f);
        }
    }
}
