using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Tests.Datasets;

namespace FaceLoupe.Tests.Predictions;

public sealed class PredictionFormatTests : IDisposable
{
    private static readonly PredictionSet Predictions = new(new Dictionary<string, IReadOnlyList<ScoredBox>>
    {
        ["a.b"] = [new ScoredBox(new Box(1.1f, 2.2f, 8.3f, 9.4f), 3.25),
            new ScoredBox(new Box(-2, 30, 7.5f, 8), -17.123456789)],
        ["sub/ü c"] = [new ScoredBox(new Box(1 / 3f, 0, 1, 40), 0.99999999999)],
    });

    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Wider_keeps_everything()
    {
        Predictions.WriteWider(_folder.PathOf("out"));
        ShouldBeAll(PredictionSet.ReadWider(_folder.PathOf("out")), 0);
    }

    [Fact]
    public void Coco_keeps_everything()
    {
        CocoDataset.Write(_folder.PathOf("coco.json"), _folder.Pictures);
        CocoPredictions.Write(_folder.PathOf("out.json"), _folder.PathOf("coco.json"), Predictions);
        ShouldBeAll(CocoPredictions.Read(_folder.PathOf("out.json"), _folder.PathOf("coco.json")), 0);
    }

    [Fact]
    public void Yolo_keeps_boxes_within_a_thousandth_of_a_pixel()
    {
        Predictions.WriteYolo(_folder.PathOf("out"), _folder.Images);
        ShouldBeAll(PredictionSet.ReadYolo(_folder.PathOf("out"), _folder.Images), 1e-4f);
    }

    [Fact]
    public void Voc_keeps_everything()
    {
        VocPredictions.Write(_folder.PathOf("out.txt"), Predictions);
        ShouldBeAll(VocPredictions.Read(_folder.PathOf("out.txt")), 0);
    }

    [Fact]
    public void Strangers_are_reported()
    {
        CocoDataset.Write(_folder.PathOf("coco.json"), _folder.Pictures.Take(1));
        Should.Throw<FaceLoupeException>(
            () => CocoPredictions.Write(_folder.PathOf("out.json"), _folder.PathOf("coco.json"), Predictions))
            .Message.ShouldContain("lists no image 'sub/ü c'");
        _folder.Write("r.json", """[{"image_id": 99, "bbox": [0, 0, 1, 1], "score": 1}]""");
        Should.Throw<FaceLoupeException>(
            () => CocoPredictions.Read(_folder.PathOf("r.json"), _folder.PathOf("coco.json")))
            .Message.ShouldContain("r.json, result 1: is for image 99");
        File.Delete(Path.Combine(_folder.Images, "a.b.png"));
        Should.Throw<FaceLoupeException>(() => Predictions.WriteYolo(
            _folder.PathOf("out"), _folder.Images)).Message.ShouldContain("holds no image 'a.b'");
    }

    [Fact]
    public void Malformed_rows_name_the_place()
    {
        _folder.Write("out.txt", "a 0.5 1 2 3 4\na 0.5 1 2 3\n");
        Should.Throw<FaceLoupeException>(() => VocPredictions.Read(_folder.PathOf("out.txt"))).Message
            .ShouldEndWith("out.txt, line 2: expected 'image score xmin ymin xmax ymax', found 'a 0.5 1 2 3'.");
        _folder.Write("labels/a.b.txt", "0 0.5 0.5 0.1 0.1\n");
        Should.Throw<FaceLoupeException>(() => PredictionSet.ReadYolo(_folder.PathOf("labels"), _folder.Images)).Message
            .ShouldContain("a.b.txt, line 1: expected a class and 'x y width height confidence'");
    }

    private static void ShouldBeAll(PredictionSet read, float tolerance)
    {
        read.Boxes.ShouldBe(Predictions.Boxes);
        foreach (var (key, boxes) in Predictions.Pictures)
        {
            foreach (var (box, wanted) in read.Pictures[key].Zip(boxes))
            {
                box.Score.ShouldBe(wanted.Score);
                box.Box.ShouldBeNear(wanted.Box, tolerance);
            }
        }
    }
}
