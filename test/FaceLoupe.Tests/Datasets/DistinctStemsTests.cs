using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Tests.Datasets;

/// <summary>Two images of which a file without their extension could belong to either.</summary>
public sealed class DistinctStemsTests : IDisposable
{
    private static readonly FaceAnnotation Annotated = new(new Box(1, 2, 8, 9));

    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("twin.jpg")]
    [InlineData("TWIN.jpg")]
    public void neither_file_is_written(string other)
    {
        AnnotatedPicture[] pictures = [Save("twin.png"), Save(other)];

        ShouldBeRefused(() => VocDataset.Write(_folder.PathOf("voc"), pictures), "twin.png and " + other);
        ShouldBeRefused(() => YoloDataset.Write(_folder.PathOf("yolo"), pictures), "twin.png and " + other);

        Directory.Exists(_folder.PathOf("voc")).ShouldBeFalse();
        Directory.Exists(_folder.PathOf("yolo")).ShouldBeFalse();
    }

    [Fact]
    public void predictions_of_either_are_refused()
    {
        AnnotatedPicture[] pictures = [Save("twin.png"), Save("twin.jpg")];
        CocoDataset.Write(_folder.PathOf("coco.json"), pictures);
        _folder.Write("r.json", "[]");
        _folder.Write("yolo/twin.txt", "0 0.5 0.5 0.1 0.1 0.9\n");

        ShouldBeRefused(
            () => CocoPredictions.Read(_folder.PathOf("r.json"), _folder.PathOf("coco.json")), "twin.png and twin.jpg");
        ShouldBeRefused(() => PredictionSet.ReadYolo(_folder.PathOf("yolo"), _folder.Images), "twin.");
    }

    [Fact]
    public void a_dot_within_a_name_is_no_extension_of_an_image() => DistinctStems.Require(
        "somewhere", ["scene.1", "scene.2", "a/x.png", "b/x.jpg"], PredictionFolder.KeyOf, StringComparer.Ordinal);

    private static void ShouldBeRefused(Action write, string names)
    {
        var message = Should.Throw<FaceLoupeException>(write).Message;
        message.ShouldContain(names);
        message.ShouldContain("differ in nothing but the extension");
        message.ShouldNotContain('\n');
    }

    private AnnotatedPicture Save(string name)
    {
        var path = Path.Combine(_folder.Images, name);
        PictureFile.Write(new Picture(61, 47), path);
        return new AnnotatedPicture(name, path, [Annotated]);
    }
}
