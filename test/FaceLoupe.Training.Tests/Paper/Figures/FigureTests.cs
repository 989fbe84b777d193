using System.Xml.Linq;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Paper.Figures;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Paper.Figures;

public sealed class FigureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_line_goes_from_corner_to_corner_and_has_its_name()
    {
        var figure = new LineFigure("FDDB & more", "false positives", "true positive rate", 500);

        var svg = XElement.Parse(figure.Svg(
            [new("others", [(0, 0.5)]), new("ours", [(0, 0), (500, 1), (900, 1)], IsOurs: true)]));

        var lines = svg.Descendants().Where(element => element.Name.LocalName == "polyline").ToArray();
        ((string)lines[1].Attribute("points")!)
            .ShouldBe("60.0,424.0 500.0,40.0 500.0,40.0", "what lies beyond ends at the edge");
        svg.Descendants().Select(element => element.Value).ShouldContain("ours");
        svg.Descendants().Select(element => element.Value).ShouldContain("FDDB & more");
    }

    [Fact]
    public void published_curves_of_fddb_are_read_by_rate_and_count()
    {
        File.WriteAllText(folder.Of("SFD_DiscROC.txt"), "0.9 100\n0.98 500 0.1\n0.99 2000\n");
        File.WriteAllText(folder.Of("older-DiscROC.txt"), "0.5 10\n");

        var lines = FddbCurves.Published(folder.Path);

        lines.Select(line => line.Label).ShouldBe(["0.980 SFD", "0.500 older"]);
        lines[0].Points.ShouldBe([(100, 0.9), (500, 0.98)]);
    }

    [Theory]
    [InlineData("100 0.9\n")]
    [InlineData("0.9\n")]
    [InlineData("0.9 many\n")]
    public void another_file_is_refused_with_what_is_wanted(string text)
    {
        File.WriteAllText(folder.Of("x_DiscROC.txt"), text);

        Should.Throw<FaceLoupeException>(() => FddbCurves.Published(folder.Path)).Message
            .ShouldContain("expected rows of true positive rate");
    }

    [Fact]
    public void fddb_without_pictures_says_where_they_are_had()
    {
        File.WriteAllText(folder.Of("FDDB-fold-01-ellipseList.txt"), "2002/08/11/big/img_591\n1\n10 8 0 20 20 1\n");

        Should.Throw<FaceLoupeException>(() => FddbCurves.Open(folder.Path)).Message
            .ShouldContain("originalPics.tar.gz");

        Directory.CreateDirectory(folder.Of("originalPics", "2002", "08", "11", "big"));
        PictureFile.Write(new Picture(8, 8), folder.Of("originalPics", "2002", "08", "11", "big", "img_591.jpg"));
        FddbCurves.Open(folder.Path).Paths.Keys.ShouldBe(["2002/08/11/big/img_591"]);
    }

    [Fact]
    public void a_bilinear_picture_goes_evenly_from_pixel_to_pixel()
    {
        var two = new Picture(2, 1, [0, 0, 0, 100, 100, 100]);

        var four = FacePatches.Bilinear(two, 4);

        Enumerable.Range(0, 4).Select(x => four.Pixels[four.OffsetOf(x, 2)]).ShouldBe([(byte)0, 25, 75, 100]);
    }

    [Fact]
    public void the_earlier_model_is_that_of_the_table_s_row()
    {
        FiguresCommand.OfTables(null).ShouldBeNull();
        FiguresCommand.OfTables(folder.Path).ShouldBeNull("there is no table yet");

        File.WriteAllText(folder.Of("table2.json"), """
            { "rows": [
                { "name": "all", "seeds": [ { "model": "shared/model-a" } ] },
                { "name": "ours", "seeds": [ { "model": null }, { "model": "shared/model-b" } ] } ] }
            """);
        FiguresCommand.OfTables(folder.Path).ShouldBe(Path.Combine(folder.Path, "shared/model-b"));

        File.WriteAllText(folder.Of("table2.json"), "[]");
        Should.Throw<FaceLoupeException>(() => FiguresCommand.OfTables(folder.Path)).Message.ShouldContain("--earlier");
    }
}
