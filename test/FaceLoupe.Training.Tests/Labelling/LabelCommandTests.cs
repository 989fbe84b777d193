using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Samples;

namespace FaceLoupe.Training.Tests.Labelling;

[Collection(TorchAlone.Name)]
public sealed class LabelCommandTests : IDisposable
{
    private static readonly string NoDetector = RepositoryRoot.Combine(
        "test", "fixtures", "tiny-bundle", "generator.onnx");
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public LabelCommandTests() => PictureFile.Write(new Picture(64, 48), folder.Of("pictures", "a.png"));

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void an_unknown_detector_is_refused_with_the_known_ones() => ShouldRefuse(
        ["--detectors", NoDetector, "--agree", "1"], "generator.onnx: not a face detector", "SCRFD", "YOLOv5-face",
        "YuNet");

    [Fact]
    public void the_old_name_of_the_option_still_works() => ShouldRefuse(
        ["--teachers", NoDetector, "--agree", "1"], "generator.onnx: not a face detector");

    [Fact]
    public void a_file_that_is_no_network_is_refused() =>
        ShouldRefuse(
            ["--detectors", folder.File("bad.onnx", "nothing"), "--agree", "1"], "bad.onnx: not an ONNX network");

    [Fact]
    public void missing_detectors_are_refused()
    {
        ShouldRefuse(["--detectors", folder.Of("none")], "none: no such file or folder");
        ShouldRefuse(["--detectors", folder.Of("pictures")], "no face detector");
        ShouldRefuse(
            ["--detectors", folder.File("extd_64.onnx", ""), "--images", folder.Of("none")],
            "--agree 2: there is one detector; give --agree 1 to trust it alone, or more to --detectors.");
        ShouldRefuse(
            [
                "--detectors", folder.File("extd_64.onnx", ""), folder.File("yunet_n.onnx", ""), "--agree", "3",
                "--images", folder.Of("none"),
            ],
            "--agree 3: there are 2 detectors; give a number from 1 to 2.");
    }

    [Fact]
    public void annotations_that_are_read_are_not_replaced_nor_passed_over()
    {
        string[] detector = ["--detectors", NoDetector, "--agree", "1"];
        ShouldRefuse([.. detector, "--kind", "none", "--annotations", folder.Of("none.txt")], "--kind none says");
        ShouldRefuse(
            [.. detector, "--kind", "faces", "--out", folder.Of("pictures", "bbx_gt.txt")], "which is read; name");
        PictureFile.Write(new Picture(64, 48), folder.Of("pictures", "a.jpg"));
        foreach (var option in (string[])["--record", "--draw"])
        {
            ShouldRefuse([.. detector, "--kind", "none", option, folder.Of("files")], $"{option} ", "a.jpg and a.png");
        }
    }

    [Fact]
    public void missing_pictures_or_annotations_are_refused()
    {
        string[] detector = ["--detectors", NoDetector, "--agree", "1"];
        ShouldRefuse([.. detector, "--kind", "faces"], "no annotated images here");
        ShouldRefuse([.. detector, "--kind", "heads", "--annotations", folder.Of("none.txt")], "none.txt");
    }

    [Theory]
    [InlineData("--min-score", "2", "is '2', not a number from 0 to 1")]
    [InlineData("--ignore-score", "-1", "is '-1', not a number from 0 to 1")]
    [InlineData("--scale", "nan", "is 'nan', not a number from 0.1 to 16")]
    [InlineData("--agree", "0", "0: ")]
    public void numbers_out_of_range_are_refused(string option, string value, string reported) =>
        ShouldRefuse(["--detectors", NoDetector, .. option == "--agree" ? [] : (string[])["--agree", "1"], option,
            value], $"{option} {reported}");

    [Fact]
    public void landmarks_need_a_coco_file_and_two_detectors_that_predict_them()
    {
        ShouldRefuse(
            ["--detectors", NoDetector, "--agree", "1", "--landmarks", "--kind", "none"],
            "the text of WIDER FACE has no place for --landmarks; give a name in .json");
        ShouldRefuse(
            [
                "--detectors", SharedData.PathOrSkip("peers/yunet_n_dynamic.onnx"), "--agree", "1", "--landmarks",
                "--kind", "none", "--out", folder.Of("labels.json"),
            ],
            "at least two detectors with landmarks must agree");
    }

    [Fact]
    public void an_unreadable_picture_is_left_out_and_the_rest_is_labelled()
    {
        var detector = SharedData.PathOrSkip("peers/yunet_n_dynamic.onnx");
        folder.File("pictures/b.png", "no image");

        Label("--detectors", detector, "--agree", "1").ShouldBe(1);

        File.ReadAllText(folder.Of("out.txt")).ShouldBe("a.png\n0\n0 0 0 0 0 0 0 0 0 0\n");
        console.Error.ShouldContain("b.png");
        console.Output.ShouldStartWith("1 images: 0 boxes kept, 0 faces added, 0 places to ignore");
    }

    [Fact]
    public void boxes_of_one_detector_are_recorded_with_their_scores()
    {
        var detector = SharedData.PathOrSkip("peers/yunet_n_dynamic.onnx");
        PictureFile.Write(
            PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927.jpg")), folder.Of("people", "p", "a.jpg"));

        Label(
            "--detectors", detector, "--agree", "1", "--images", folder.Of("people"), "--scale", "1", "--record",
            folder.Of("boxes")).ShouldBe(0, console.Error);

        var boxes = PredictionFolder.Open(folder.Of("boxes"));
        boxes.Keys.ShouldBe(["p/a"]);
        var scores = boxes.Read("p/a").Select(box => box.Score).ToArray();
        scores.Count(score => score > 0.5).ShouldBeGreaterThan(20);
        scores.ShouldAllBe(score => score >= 0 && score <= 1);
        scores.Min().ShouldBeLessThan(0.1, "a second stage wants weak ones too");
    }

    [Fact]
    public void boxes_of_several_detectors_are_not_recorded() => ShouldRefuse(
        [
            "--detectors", folder.File("extd_64.onnx", ""), folder.File("yunet_n.onnx", ""), "--record",
            folder.Of("boxes"),
        ],
        "the boxes of one detector are recorded");

    private int Label(params string[] args) => TrainCommandLine.Run(
        ["label", .. args.Contains("--out") ? [] : (string[])["--out", folder.Of("out.txt")], .. args.Contains("--kind")
            ? [] : (string[])["--kind", "none"],
            .. args.Contains("--images") ? [] : (string[])["--images", folder.Of("pictures")], .. args]);

    private void ShouldRefuse(string[] args, params string[] expected)
    {
        var before = console.Error.Length;

        Label(args).ShouldBe(2);

        var line = console.Error[before..].TrimEnd('\n');
        line.ShouldStartWith("faceloupe-train: ");
        line.ShouldNotContain("\n");
        expected.ToList().ForEach(text => line.ShouldContain(text));
        File.Exists(folder.Of("out.txt")).ShouldBeFalse();
    }
}
