using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Conversion;

public sealed class ConvertTests : IDisposable
{
    private const string Annotations =
        "a.png\n2\n1 2 8 9 1 0 0 0 0 0\n20 20 12.5 10 0 0 0 0 0 0\nsub/b.png\n0\n0 0 0 0 0 0 0 0 0 0\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public ConvertTests()
    {
        PictureFile.Write(new Picture(64, 48), PathOf("images/a.png"));
        PictureFile.Write(new Picture(64, 48), PathOf("images/sub/b.png"));
        File.WriteAllText(PathOf("bbx_gt.txt"), Annotations);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void the_annotations_that_are_read_are_not_replaced()
    {
        Directory.CreateSymbolicLink(PathOf("link"), _folder.FullName);
        foreach (var output in (string[])["bbx_gt.txt", "link/bbx_gt.txt"])
        {
            CliCall.Run(
                "convert", PathOf("bbx_gt.txt"), PathOf(output), "--from", "wider", "--to", "coco", "--images",
                PathOf("images")).ShouldBeRefused("would replace");
        }

        File.ReadAllText(PathOf("bbx_gt.txt")).ShouldBe(Annotations);
    }

    [Fact]
    public void annotations_go_round_all_formats()
    {
        // Sizes of a power of two times three: even YOLO's fractions are restored exactly.
        Convert("bbx_gt.txt", "coco.json", "wider", "coco").Error.ShouldBe(
            $"2 images with 2 faces{Environment.NewLine}".ReplaceLineEndings("\n"));
        Convert("coco.json", "voc", "coco", "voc").Error.ShouldContain(
            "blur, expression, illumination, occlusion and pose are lost");
        Convert("voc", "labels", "voc", "yolo");
        Convert("labels", "back.txt", "yolo", "wider");
        File.ReadAllText(PathOf("back.txt")).ShouldBe(Annotations.Replace("9 1 0", "9 0 0", StringComparison.Ordinal));
    }

    [Fact]
    public void categories_of_coco_annotations_are_picked_and_landmarks_that_are_lost_are_reported()
    {
        File.WriteAllText(PathOf("things.json"), """
            {"images": [{"id": 1, "file_name": "a.png"}],
             "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "boat"}],
             "annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]},
               {"image_id": 1, "category_id": 2, "bbox": [5, 6, 7, 8],
               "keypoints": [5, 6, 2, 9, 6, 2, 7, 8, 2, 6, 9, 2, 8, 9, 2]}]}
            """);

        var call = Convert("things.json", "boats.txt", "coco", "wider", "--categories", "boat");

        File.ReadAllText(PathOf("boats.txt")).ShouldBe("a.png\n1\n5 6 7 8 0 0 0 0 0 0\n");
        call.Error.ShouldContain("landmarks are lost: the format wider cannot hold them");
        Convert("things.json", "boats.json", "coco", "coco", "--categories", "boat").Error
            .ShouldNotContain("landmarks");
        File.ReadAllText(PathOf("boats.json")).ShouldContain("\"keypoints\":[5,6,2,9,6,2,7,8,2,6,9,2,8,9,2]");
    }

    [Fact]
    public void predictions_go_round_all_formats()
    {
        Directory.CreateDirectory(PathOf("pred"));
        File.WriteAllText(PathOf("pred/a.txt"), "a\n2\n1 2 8 9 0.75\n20 20 12.5 10 -3.5\n");
        Convert("bbx_gt.txt", "coco.json", "wider", "coco");
        string[] coco = ["--predictions", "--annotations", PathOf("coco.json")];

        Convert("pred", "r.json", "wider", "coco", coco).Error.ShouldBe("2 boxes of 1 image\n");
        Convert("r.json", "r.txt", "coco", "voc", coco);
        Convert("r.txt", "labels", "voc", "yolo", "--predictions");
        Convert("labels", "back", "yolo", "wider", "--predictions");
        File.ReadAllText(PathOf("back/a.txt")).ShouldBe(File.ReadAllText(PathOf("pred/a.txt")));
    }

    [Fact]
    public void what_a_person_reviewed_becomes_annotations()
    {
        var image = PathOf("images/sub/b.png");
        var hash = System.Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(image)));
        void Save(string decisions) => File.WriteAllText(PathOf("c.json"),
            $$"""{"corrections": 1, "files": [{"file": {{System.Text.Json.JsonSerializer.Serialize(image)}}, """
            + $$""" "sha256": "{{hash}}", """ + decisions + "}]}");
        Save("""
            "keep": [[1, 2, 8, 9]], "mask": [[20, 20, 12.5, 10]], "clear": [[40, 4, 6, 6]], "ignore": [[0, 30, 64, 18]]
            """);

        Convert("c.json", "faces.txt", "corrections", "wider");

        File.ReadAllText(PathOf("faces.txt")).ShouldBe(
            "sub/b.png\n3\n1 2 8 9 0 0 0 0 0 0\n20 20 12.5 10 0 0 0 0 0 0\n0 30 64 18 0 0 0 1 0 0\n");
        Call("c.json", "faces.txt", "corrections", "wider", "--predictions")
            .ShouldBeRefused("--from corrections gives annotations");
        Save(""" "mask": [[20, 20, 12.5, 10]] """);
        Call("c.json", "faces.txt", "corrections", "wider").ShouldBeRefused("has no 'keep'");
        Save(""" "keep": [], "spans": [{ "from": 0, "to": 1 }] """);
        Call("c.json", "faces.txt", "corrections", "wider").ShouldBeRefused("has spans of time, as for videos");
        Save(""" "keep": [] """);
        PictureFile.Write(new Picture(60, 48), image);
        Call("c.json", "faces.txt", "corrections", "wider").ShouldBeRefused("is not the image that was reviewed");
    }

    [Fact]
    public void pictures_that_are_missing_are_reported()
    {
        File.Delete(PathOf("images/a.png"));
        var call = Call("bbx_gt.txt", "coco.json", "wider", "coco");
        call.ExitCode.ShouldBe(1);
        call.Error.ShouldContain("1 image skipped, file missing");
    }

    [Theory]
    [InlineData("Option '--images' is required", "in", "out", "--from", "wider", "--to", "coco")]
    [InlineData("Option '--images' is required", "in", "out", "--from", "wider", "--to", "yolo", "--predictions")]
    [InlineData("Option '--annotations' is required", "in", "out", "--from", "wider", "--to", "coco", "--predictions")]
    [InlineData(
        "--categories is for COCO annotations only", "in", "out", "--from", "wider", "--to", "coco", "--images", "x",
        "--categories", "y")]
    [InlineData("'tiff'", "in", "out", "--from", "tiff", "--to", "coco", "--images", "x")]
    [InlineData("--from", "in", "out", "--to", "coco", "--images", "x")]
    public void wrong_usage_is_reported_in_one_line(string reported, params string[] args) =>
        CliCall.Run(["convert", .. args]).ShouldBeRefused(reported);

    private CliCall Convert(string input, string output, string from, string to, params string[] more)
    {
        var call = Call(input, output, from, to, more);
        (call.ExitCode, call.Output).ShouldBe((0, ""), call.Error);
        return call;
    }

    private CliCall Call(string input, string output, string from, string to, params string[] more) => CliCall.Run(
        ["convert", PathOf(input), PathOf(output), "--from", from, "--to", to, "--images", PathOf("images"), .. more]);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
