using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Samples.Sources;

public sealed class SourceOptionsTests : IDisposable
{
    private static readonly FaceAnnotation Face = new(new Box(10, 10, 20, 20));
    private static readonly FaceAnnotation Ignored = new(new Box(40, 10, 20, 20), Invalid: true);
    private readonly TemporaryFolder folder = new();

    public SourceOptionsTests()
    {
        PictureFile.Write(new Picture(200, 200), folder.Of("data", "images", "a.png"));
        WiderFaceDataset.Write(folder.Of("data", "bbx_gt.txt"), [new AnnotatedPicture("a.png", "", [])]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void an_annotation_file_replaces_the_folders_own() =>
        Open(new SourceOptions(), Face, Ignored).Folder.Pictures.ShouldHaveSingleItem().Faces.ShouldBe([Face, Ignored]);

    [Fact]
    public void places_to_ignore_in_a_background_reach_the_canvas()
    {
        var source = Open(new SourceOptions { Background = true }, Ignored);
        var pictures = new SourcePictures([source], new PicturePool(1_000_000));
        var options = PaintedPictures.Untouched with { Size = 200 };
        var canvas = new CanvasSampler(
            [source], options with { SingleWeight = 0, CrowdWeight = 0, NegativeWeight = 1 }, 1)
            .Sample(0, withHighResolution: false);

        (pictures.HaveFaces, pictures.HaveBackground).ShouldBe((false, true));
        canvas.Faces.ShouldBeEmpty();
        canvas.Ignored.ShouldHaveSingleItem().ShouldBe(Ignored.Box);
    }

    [Fact]
    public void detections_say_where_canvases_of_mistakes_are()
    {
        var seen = folder.File("seen.txt", "a.png\n1\n100 100 50 50 3\n");

        Open(new SourceOptions { Detections = seen }, Face, Ignored).Mistakes.Select(mistake => mistake.Box)
            .ShouldBe([new Box(100, 100, 50, 50), Face.Box]);
        Open(new SourceOptions(), Face).Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void a_coco_file_gives_the_boxes_of_the_categories_that_are_named()
    {
        var file = folder.File("things.json", """
            {"images": [{"id": 1, "file_name": "a.png"}],
             "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "boat"}],
             "annotations": [{"image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 20]},
               {"image_id": 1, "category_id": 2, "bbox": [50, 10, 30, 20]}]}
            """);
        var options = new SourceOptions { Folder = folder.Of("data"), Annotations = file };

        options.Open().Folder.Pictures.ShouldHaveSingleItem().Faces.Count.ShouldBe(2);
        (options with { Categories = ["boat"] }).Open().Folder.Pictures[0].Faces.ShouldHaveSingleItem()
            .Box.Width.ShouldBe(30);
        OptionFaults.Of(options with { Categories = [] }).ShouldHaveSingleItem()
            .ShouldStartWith("categories must name");
    }

    [Fact]
    public void a_face_in_a_background_is_refused() => Should.Throw<FaceLoupeException>(
        () => Open(new SourceOptions { Background = true }, Face)).Message.ShouldContain("a.png has a face");

    [Fact]
    public void a_missing_annotation_file_is_named() => Should.Throw<FaceLoupeException>(
        () => new SourceOptions { Folder = folder.Of("data"), Annotations = folder.Of("none.txt") }.Open())
        .Message.ShouldContain("none.txt");

    private CanvasSource Open(SourceOptions options, params FaceAnnotation[] faces)
    {
        WiderFaceDataset.Write(folder.Of("labels.txt"), [new AnnotatedPicture("a.png", "", faces)]);
        return (options with { Folder = folder.Of("data"), Annotations = folder.Of("labels.txt") }).Open();
    }
}
