using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Mining;

public sealed class WholePicturesTests : IDisposable
{
    private readonly PaintedFaces faces = new();

    public void Dispose() => faces.Dispose();

    [Fact]
    public void every_whole_picture_is_used_once_with_its_faces()
    {
        var folder = WiderFaceDataset.Open(faces.Folder);
        var pictures = Open(most: 100);

        pictures.Count.ShouldBe(4);
        for (var i = 0; i < 4; i++)
        {
            var read = pictures.Read(i);
            read.Degraded.Pixels.ShouldBe(PictureFile.Read(folder.Pictures[i].Path).Pixels);
            read.Faces.ShouldBe(folder.Pictures[i].Faces.Select(face => face.Box));
            (read.HighResolution, read.Ignored.Count).ShouldBe((null, 0));
        }
    }

    [Fact]
    public void faces_too_small_are_neither_faces_nor_background()
    {
        var read = Open(ignoreBelow: 30).Read(0);

        read.Ignored.ShouldHaveSingleItem().ShouldBe(new Box(140, 20, 24, 24));
        read.Faces.Count.ShouldBe(2);
    }

    [Fact]
    public void fewer_pictures_are_spread_over_the_data()
    {
        var two = Open(most: 2);

        two.Count.ShouldBe(2);
        two.Read(1).Faces.ShouldBe(Open().Read(2).Faces);
    }

    [Fact]
    public void whole_pictures_need_search_plan() =>
        OptionFaults.Of(new MiningOptions { WholePictures = true, Search = MiningSearch.View }).ShouldHaveSingleItem()
            .ShouldContain("wholePictures needs search plan");

    private WholePictures Open(double ignoreBelow = 5, int most = 10) =>
        new([new CanvasSource(WiderFaceDataset.Open(faces.Folder), 1, false)], ignoreBelow, most);
}
