using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Datasets;

public sealed class CocoDatasetTests : IDisposable
{
    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_faces_are_read_where_a_category_is_called_so()
    {
        var folder = Read("""
            {"images": [{"id": 7, "file_name": "a.b.png"}, {"id": "x", "file_name": "none.png"}],
             "categories": [{"id": 3, "name": "Face"}, {"id": 4, "name": "dog"}],
             "annotations": [
               {"id": 1, "image_id": 7, "category_id": 4, "bbox": [0, 0, 5, 5]},
               {"id": 2, "image_id": 7, "category_id": 3, "bbox": [1, 2, 3.5, 4], "iscrowd": 1},
               {"id": 3, "image_id": 7, "category_id": 3, "bbox": [1, 2, 0, 4]},
               {"id": 4, "image_id": "x", "category_id": 3, "bbox": [1, 2, 3, 4]}]}
            """);
        folder.Pictures.ShouldHaveSingleItem().Faces.ShouldBe(
            [new FaceAnnotation(new Box(1, 2, 3.5f, 4), Invalid: true)]);
        Enum.GetValues<AnnotationOddity>().Select(folder.Report.CountOf).ShouldBe([1, 1, 1, 0, 1, 0, 0, 0]);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void A_crowd_is_invalid_however_it_is_said(string crowd, bool invalid) => Read($$"""
        {"images": [{"id": 7, "file_name": "a.b.png"}], "categories": [],
         "annotations": [{"image_id": 7, "bbox": [0, 0, 5, 5], "iscrowd": {{crowd}}}]}
        """).Pictures[0].Faces.ShouldHaveSingleItem().Invalid.ShouldBe(invalid);

    [Fact]
    public void All_boxes_are_read_where_no_category_is_called_face() => Read("""
        {"images": [{"id": 7, "file_name": "a.b.png"}],
         "categories": [{"id": 1, "name": "with_mask"}, {"id": 2, "name": "without_mask"}],
         "annotations": [{"image_id": 7, "category_id": 1, "bbox": [0, 0, 5, 5]},
           {"image_id": 7, "category_id": 2, "bbox": [9, 0, 5, 5]}]}
        """).Pictures[0].Faces.Count.ShouldBe(2);

    [Fact]
    public void Categories_are_picked_by_name_and_a_wrong_name_is_answered_with_those_there_are()
    {
        var path = _folder.Write("things.json", """
            {"images": [{"id": 7, "file_name": "a.b.png"}],
             "categories": [{"id": 1, "name": "face"}, {"id": 2, "name": "Beetle"}, {"id": 3, "name": "leaf"}],
             "annotations": [{"image_id": 7, "category_id": 1, "bbox": [0, 0, 5, 5]},
               {"image_id": 7, "category_id": 2, "bbox": [9, 0, 6, 5]},
               {"image_id": 7, "category_id": 3, "bbox": [20, 0, 7, 5]}]}
            """);

        float[] Widths(params string[] names) =>
            [.. CocoDataset.Read(path, _folder.Images, names).Pictures[0].Faces.Select(face => face.Box.Width)];
        Widths("beetle").ShouldBe([6]);
        Widths("leaf", "beetle").ShouldBe([6, 7]);
        CocoDataset.Read(path, _folder.Images).Pictures[0].Faces.ShouldHaveSingleItem().Box.Width.ShouldBe(5);
        Should.Throw<FaceLoupeException>(() => Widths("wasp")).Message.ShouldEndWith(
            "has no category 'wasp'; expected one of its own: face, Beetle, leaf.");
        Should.Throw<FaceLoupeException>(
            () => AnnotationFile.Read(_folder.Write("rows.txt", ""), _folder.Images, ["beetle"]))
            .Message.ShouldContain("categories (beetle) were given, but only COCO's files");
    }

    [Fact]
    public void Five_keypoints_are_landmarks_and_come_back_as_written()
    {
        var landmarks = new FaceLandmarks(new(1.5f, 2), new(3, 4), new(5, 6.25f), new(-7, 8), new(9, 10));
        AnnotatedPicture[] pictures =
        [
            _folder.Pictures[0] with
            {
                Faces = [new FaceAnnotation(new Box(1, 2, 8, 9)) { Landmarks = landmarks },
                    new FaceAnnotation(new Box(20, 2, 8, 9))],
            },
        ];

        AnnotationFile.Write(_folder.PathOf("points.json"), pictures);

        File.ReadAllText(_folder.PathOf("points.json"))
            .ShouldContain("\"keypoints\":[1.5,2,2,3,4,2,5,6.25,2,-7,8,2,9,10,2]");
        AnnotationFile.Read(_folder.PathOf("points.json"), _folder.Images).Pictures[0].Faces.ShouldBe(
            pictures[0].Faces);
    }

    [Theory]
    [InlineData("[1, 2, 2, 3, 4, 2, 5, 6, 0, 7, 8, 2, 9, 10, 2]")] // a nose that nobody marked
    [InlineData("[1, 2, 2, 3, 4, 2, 5, 6, 2]")]
    [InlineData("[1, 2, 2, 3, 4, 2, 5, 6, 2, 7, 8, 2, 9, \"x\", 2]")]
    public void Other_keypoints_are_none(string keypoints) => Read($$"""
        {"images": [{"id": 7, "file_name": "a.b.png"}], "categories": [{"id": 1, "name": "face"}],
         "annotations": [{"image_id": 7, "category_id": 1, "bbox": [0, 0, 5, 5], "keypoints": {{keypoints}}}]}
        """).Pictures[0].Faces.ShouldHaveSingleItem().Landmarks.ShouldBeNull();

    [Fact]
    public void A_face_without_landmarks_is_known_by_the_text_that_it_always_had()
    {
        // Trainings are recognised by it.
        var box = new Box(1, 2, 3, 4);
        new FaceAnnotation(box, Blur: 1).ToString().ShouldBe(
            $"FaceAnnotation {{ Box = {box}, Invalid = False, Blur = 1, Expression = 0, Illumination = 0, "
            + "Occlusion = 0, Pose = 0 }");
    }

    [Fact]
    public void Annotations_without_a_box_get_that_around_their_outline_or_are_skipped_and_counted()
    {
        var folder = Read("""
            {"images": [{"id": 7, "file_name": "a.b.png"}], "categories": [{"id": 1, "name": "face"}],
             "annotations": [
               {"image_id": 7, "category_id": 1},
               {"image_id": 7, "category_id": 1, "bbox": null, "segmentation": {"counts": [1], "size": [2, 2]}},
               {"image_id": 9, "category_id": 1, "bbox": [], "segmentation": []},
               {"image_id": 7, "category_id": 1, "segmentation": [[3, 4, 9, 4, 6, 11.5], [1, 5, 2, 5, 2, 6]]},
               {"image_id": 7, "category_id": 1, "bbox": [0, 0, 5, 5], "segmentation": [[3, 4, 9, 4, 6, 11]]}]}
            """);
        folder.Pictures.ShouldHaveSingleItem().Faces.Select(face => face.Box)
            .ShouldBe([new Box(1, 4, 8, 7.5f), new Box(0, 0, 5, 5)]);
        folder.Report.CountOf(AnnotationOddity.NoBox).ShouldBe(3);
        folder.Report.CountOf(AnnotationOddity.Outline).ShouldBe(1);
        folder.Report.ToString().ShouldContain("3 annotations skipped, without a box: ");
    }

    [Theory]
    [InlineData("{\n\"images\": [},", "line 2: not JSON")]
    [InlineData("[]", "holds no list 'categories'")]
    [InlineData("""{"images": [{"id": 1}], "categories": [], "annotations": []}""",
        "images 1: expected 'file_name', a text")]
    [InlineData("""{"images": [{"id": 1, "file_name": "../a.png"}], "categories": [], "annotations": []}""",
        "relative to the images folder, found '../a.png'")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"image_id": 1, "bbox": [0, 0, 1, 1]}]}""",
        "annotations 1: is for image 1, which 'images' does not list")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"image_id": 1, "bbox": [0, 0, 1]}]}""",
        "annotations 1: expected 'bbox', four finite numbers")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"image_id": 1, "bbox": [0, 0, 1, 1e99]}]}""",
        "annotations 1: expected 'bbox', four finite numbers")]
    [InlineData("""{"images": [], "categories": [], "annotations": [4]}""", "annotations 1: expected an object")]
    [InlineData("""
        {"images": [{"id": 1, "file_name": "a.b.png"}, {"id": 1, "file_name": "none.png"}], "categories": [],
         "annotations": []}
        """, "images 2: the id 1 was given to an image before; expected one id per image.")]
    [InlineData("""
        {"images": [], "categories": [],
         "annotations": [{"image_id": 1, "bbox": [0, 0, 1, 1], "iscrowd": "no"}]}
        """, "annotations 1: expected 'iscrowd', 0 or 1")]
    public void Malformed_files_name_the_place(string text, string reported)
    {
        var message = Should.Throw<FaceLoupeException>(() => Read(text)).Message;
        message.ShouldContain("coco.json");
        message.ShouldContain(reported);
        message.ShouldNotContain('\n');
    }

    private AnnotatedFolder Read(string text) => CocoDataset.Read(_folder.Write("coco.json", text), _folder.Images);
}
