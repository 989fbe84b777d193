using FaceLoupe.Datasets;

namespace FaceLoupe.Tests.Datasets;

public sealed class DatasetRoundTripTests : IDisposable
{
    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Coco_keeps_everything()
    {
        var file = _folder.PathOf("out/coco.json");
        CocoDataset.Write(file, _folder.Pictures);
        ShouldBeAll(CocoDataset.Read(file, _folder.Images), picture => picture.Faces);
    }

    [Fact]
    public void Voc_keeps_boxes_and_the_invalid_flag()
    {
        var folder = _folder.PathOf("out/voc");
        VocDataset.Write(folder, _folder.Pictures);
        ShouldBeAll(
            VocDataset.Read(folder, _folder.Images),
            picture => [.. picture.Faces.Select(face => new FaceAnnotation(face.Box, face.Invalid))]);
    }

    [Fact]
    public void Yolo_keeps_the_boxes_of_valid_faces()
    {
        var folder = _folder.PathOf("out/yolo");
        YoloDataset.Write(folder, _folder.Pictures).ShouldBe(1);
        File.ReadAllText(Path.Combine(folder, "empty.txt")).ShouldBeEmpty();

        var read = YoloDataset.Read(folder, _folder.Images);
        read.Pictures.Select(picture => picture.Name)
            .ShouldBe(_folder.Pictures.Select(picture => picture.Name), ignoreOrder: true);
        foreach (var picture in _folder.Pictures)
        {
            var faces = read.Pictures.Single(other => other.Name == picture.Name).Faces;
            var expected = picture.Faces.Where(face => !face.Invalid).ToArray();
            faces.Count.ShouldBe(expected.Length);
            foreach (var (face, wanted) in faces.Zip(expected))
            {
                face.Box.ShouldBeNear(wanted.Box, 1e-4f);
            }
        }
    }

    [Fact]
    public void Wider_keeps_everything()
    {
        var file = _folder.PathOf("out/bbx_gt.txt");
        WiderFaceDataset.Write(file, _folder.Pictures);
        ShouldBeAll(WiderFaceDataset.Read(file, _folder.Images), picture => picture.Faces);
    }

    private void ShouldBeAll(AnnotatedFolder read, Func<AnnotatedPicture, IReadOnlyList<FaceAnnotation>> expected)
    {
        read.Report.Pictures.ShouldBe(3);
        foreach (var picture in _folder.Pictures)
        {
            var found = read.Pictures.Single(other => other.Name == picture.Name);
            found.Path.ShouldBe(picture.Path);
            found.Faces.ShouldBe(expected(picture));
        }
    }
}
