using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Datasets;

public sealed class VocDatasetTests : IDisposable
{
    private const string Corners = "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>4.5</xmax><ymax>6</ymax></bndbox>";

    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Corners_are_edges_and_difficult_means_invalid()
    {
        Write("voc/a.xml",
            $"<object><name>mask</name>{Corners}</object><object><name>none</name><difficult> 1 "
            + $"</difficult>{Corners}</object>");
        Read().Pictures.ShouldHaveSingleItem().Faces.ShouldBe(
            [new FaceAnnotation(new Box(1, 2, 3.5f, 4)), new FaceAnnotation(new Box(1, 2, 3.5f, 4), Invalid: true)]);
    }

    [Fact]
    public void Only_faces_are_read_where_an_object_is_called_so()
    {
        Write("voc/a.xml", $"<object><name>dog</name>{Corners}</object>");
        Write("voc/sub/b.xml", $"<object><name>face</name>{Corners}</object>", "ü c.png");
        var folder = Read();
        folder.Pictures.Select(picture => (picture.Name, picture.Faces.Count))
            .ShouldBe([("a.b.png", 0), ("sub/ü c.png", 1)]);
        folder.Report.CountOf(AnnotationOddity.OtherCategory).ShouldBe(1);
    }

    [Theory]
    [InlineData("gb2312", "人群")]
    [InlineData("GBK", "鎔群")]
    [InlineData("gb18030", "人群")]
    [InlineData("Shift_JIS", "集まり")]
    [InlineData("windows-1252", "Zürich – Straße")]
    [InlineData("iso-8859-1", "Zürich")]
    [InlineData("utf-8", "人群 ü")]
    [InlineData("utf-16", "人群 ü")]
    public void Files_are_read_in_the_encoding_that_they_declare(string encoding, string name)
    {
        _folder.Write($"images/{name}.png", "");
        Directory.CreateDirectory(_folder.PathOf("voc"));
        var text = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<annotation><filename>{name}.png</filename>"
            + $"<object><name>face</name>{Corners}</object></annotation>";
        File.WriteAllText(
            _folder.PathOf("voc/a.xml"),
            text,
            System.Text.CodePagesEncodingProvider.Instance.GetEncoding(encoding)
                ?? System.Text.Encoding.GetEncoding(encoding));

        Read().Pictures.ShouldHaveSingleItem().Name.ShouldBe(name + ".png");
    }

    [Fact]
    public void An_encoding_that_nobody_knows_is_reported()
    {
        _folder.Write("voc/a.xml", "<?xml version='1.0' encoding='klingon'?><annotation/>");
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain(
            "declares the encoding 'klingon', which is not known");
    }

    [Theory]
    [InlineData("a.b")] // a.b.png
    [InlineData("sub/ü c")]
    public void A_picture_s_name_may_lack_its_ending(string name)
    {
        Write($"voc/{Path.GetDirectoryName(name)}/x.xml", $"<object><name>face</name>{Corners}</object>",
            Path.GetFileName(name));
        Read().Pictures.ShouldHaveSingleItem().Name.ShouldBe(name + ".png");
    }

    [Theory]
    [InlineData("<object>", "a.xml, line 2: not valid XML")]
    [InlineData("<object><name>face</name></object>", "a.xml, line 2: expected a 'bndbox'")]
    [InlineData(
        "<object><name>face</name><bndbox><xmin>x</xmin></bndbox></object>",
        "a.xml, line 2: expected a finite number 'xmin'")]
    public void Malformed_files_name_the_place(string objects, string reported)
    {
        Write("voc/a.xml", objects);
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain(reported);
    }

    [Fact]
    public void Entities_are_not_followed()
    {
        _folder.Write(
            "voc/a.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM "
            + "\"file:///etc/passwd\">]><annotation><filename>&e;</filename></annotation>");
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain("not valid XML");
    }

    [Fact]
    public void A_folder_without_files_is_refused()
    {
        Directory.CreateDirectory(_folder.PathOf("voc"));
        Should.Throw<FaceLoupeException>(Read).Message.ShouldContain("no annotations in this folder");
    }

    private AnnotatedFolder Read() => VocDataset.Read(_folder.PathOf("voc"), _folder.Images);

    private void Write(string file, string objects, string picture = "a.b.png") =>
        _folder.Write(
            file, $"<annotation><folder>elsewhere</folder><filename>{picture}</filename>\n{objects}</annotation>");
}
