using System.Globalization;
using System.Xml.Linq;
using FaceLoupe.Cli.Tests.Blurring;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using ImageMagick;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

public sealed class XmpOutputTests : IDisposable
{
    private static readonly XNamespace s_rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace s_regions = "http://www.metadataworkinggroup.com/schemas/regions/";
    private static readonly XNamespace s_size = "http://ns.adobe.com/xap/1.0/sType/Dimensions#";
    private static readonly XNamespace s_area = "http://ns.adobe.com/xmp/sType/Area#";

    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void a_sidecar_file_has_the_faces_as_regions_of_the_metadata_working_group()
    {
        _scenes.Save("in/a.png");
        _scenes.Save("in/b/none.jpg", face: false);

        Detect(_scenes.PathOf("in"), "-r", "--format", "xmp", "--out", _scenes.PathOf("out")).ExitCode.ShouldBe(0);

        _scenes.FilesIn("out").ShouldBe(["a.png.xmp", "b/none.jpg.xmp"]);
        var text = File.ReadAllText(_scenes.PathOf("out/a.png.xmp"));
        text.ShouldStartWith("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"");
        text.ShouldEndWith("<?xpacket end=\"w\"?>\n");
        var regions = Regions("out/a.png.xmp");
        var size = regions.Element(s_regions + "AppliedToDimensions")!;
        ((int)size.Attribute(s_size + "w")!, (int)size.Attribute(s_size + "h")!, size.Attribute(s_size + "unit")!.Value)
            .ShouldBe((100, 90, "pixel"));
        var region = Faces("out/a.png.xmp").ShouldHaveSingleItem();
        region.Attribute(s_regions + "Type")!.Value.ShouldBe("Face");
        region.Attribute(s_regions + "Name")!.Value.ShouldBe("Unknown");
        region.Attribute(s_regions + "Description")!.Value.ShouldStartWith("score 0.");
        region.Element(s_regions + "Area")!.Attribute(s_area + "unit")!.Value.ShouldBe("normalized");

        // The face, moved by a twentieth of its width by the model.
        var (x, y, w, h) = Area(region);
        (x * 100).ShouldBe(DetectScenes.Face.CenterX + 0.8, 0.01);
        (y * 90).ShouldBe(DetectScenes.Face.CenterY, 0.01);
        (w * 100).ShouldBe(DetectScenes.Face.Width, 0.01);
        (h * 90).ShouldBe(DetectScenes.Face.Height, 0.01);
        Faces("out/b/none.jpg.xmp").ShouldBeEmpty();
    }

    [Fact]
    public void every_field_of_a_sidecar_file_is_one_that_the_metadata_working_group_names()
    {
        // Guidelines for Handling Image Metadata 2.0, 5.9 (image regions), and the structures of XMP that it takes:
        // RegionInfo, Dimensions, a Bag of RegionStruct, Area. "Type" and both units are closed choices.
        _scenes.Save("in/a.png");
        Detect(_scenes.PathOf("in"), "--format", "xmp", "--out", _scenes.PathOf("out")).ExitCode.ShouldBe(0);

        var fields = XDocument.Load(_scenes.PathOf("out/a.png.xmp")).Descendants(s_rdf + "Description").First()
            .DescendantsAndSelf()
                .SelectMany(element => element.Attributes().Where(field => !field.IsNamespaceDeclaration)
                .Select(field => (element.Name, field.Name))).ToArray();

        fields.Distinct().ShouldBe(
        [
            (s_rdf + "Description", s_rdf + "about"),
            (s_regions + "Regions", s_rdf + "parseType"),
            (s_regions + "AppliedToDimensions", s_size + "w"),
            (s_regions + "AppliedToDimensions", s_size + "h"),
            (s_regions + "AppliedToDimensions", s_size + "unit"),
            (s_rdf + "Description", s_regions + "Name"),
            (s_rdf + "Description", s_regions + "Type"),
            (s_rdf + "Description", s_regions + "Description"),
            (s_regions + "Area", s_area + "x"),
            (s_regions + "Area", s_area + "y"),
            (s_regions + "Area", s_area + "w"),
            (s_regions + "Area", s_area + "h"),
            (s_regions + "Area", s_area + "unit"),
        ]);
        Faces("out/a.png.xmp").ShouldAllBe(face => face.Attribute(s_regions + "Type")!.Value == "Face");
        Faces("out/a.png.xmp").Select(Area)
            .ShouldAllBe(area => area.X - (area.W / 2) >= -1e-6 && area.X + (area.W / 2) <= 1 + 1e-6
            && area.Y - (area.H / 2) >= -1e-6 && area.Y + (area.H / 2) <= 1 + 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void regions_are_reported_in_the_picture_as_it_is_stored(int orientation)
    {
        var upright = _scenes.Save("upright.png");
        using (var image = new MagickImage(upright))
        {
            // Stored so that the orientation turns it upright.
            JpegScenes.Turn(image, orientation);

            var exif = new ExifProfile();
            exif.SetValue(ExifTag.Orientation, (ushort)orientation);
            image.SetProfile(exif);
            image.Orientation = (Orientation)orientation;
            image.Quality = 100;
            image.Settings.SetDefine(MagickFormat.Jpeg, "sampling-factor", "1x1");
            image.Write(_scenes.PathOf("turned.jpg"), MagickFormat.Jpeg);
        }

        Detect(_scenes.PathOf("turned.jpg"), "--format", "xmp", "--out", _scenes.PathOf("out")).ExitCode.ShouldBe(0);

        using var stored = new MagickImage(_scenes.PathOf("turned.jpg"));
        var size = Regions("out/turned.jpg.xmp").Element(s_regions + "AppliedToDimensions")!;
        ((uint)size.Attribute(s_size + "w")!, (uint)size.Attribute(s_size + "h")!)
            .ShouldBe((stored.Width, stored.Height));
        var (x, y, w, h) = Area(Faces("out/turned.jpg.xmp").ShouldHaveSingleItem());
        using var pixels = stored.GetPixels();
        var mean = 0.0;
        foreach (var (dx, dy) in new[] { (0, 0), (-1, 0), (1, 0), (0, -1), (0, 1) })
        {
            var (column, row) = ((x + (0.4 * dx * w)) * stored.Width, (y + (0.4 * dy * h)) * stored.Height);
            mean += pixels.GetPixel((int)column, (int)row).ToColor()!.R / 5.0;
        }

        mean.ShouldBeGreaterThan(240);
    }

    [Fact]
    public void what_has_no_sidecar_file_or_one_already_is_refused()
    {
        var picture = _scenes.Save("a.png");
        var there = _scenes.Write("out/a.png.xmp", "<mine/>");

        Detect(picture, "--format", "xmp").ShouldBeRefused("--format xmp needs --out");
        Detect(picture, "--format", "xmp", "--out", _scenes.PathOf("out"))
            .ShouldBeRefused("a.png.xmp: already exists");
        File.ReadAllText(there).ShouldBe("<mine/>");
        Detect(picture, "--format", "xmp", "--out", _scenes.PathOf("out"), "--resume").ExitCode.ShouldBe(0);
        File.ReadAllText(there).ShouldBe("<mine/>");
        Detect(_scenes.Write("clip.mp4", ""), "--format", "xmp", "--out", _scenes.PathOf("new"))
            .ShouldBeRefused("clip.mp4: --format xmp describes files of images, not videos");
        if (OperatingSystem.IsLinux())
        {
            Detect(picture, _scenes.Save("A.png"), "--format", "xmp", "--out", _scenes.PathOf("new"))
                .ShouldBeRefused("would both be written to A.png.xmp");
        }

        Detect(File.ReadAllBytes(picture), "-", "--format", "xmp", "--out", _scenes.PathOf("new"))
            .ShouldBeRefused("not standard input");
    }

    private static (double X, double Y, double W, double H) Area(XElement region)
    {
        var area = region.Element(s_regions + "Area")!;
        return (Number("x"), Number("y"), Number("w"), Number("h"));

        double Number(string name) => double.Parse(area.Attribute(s_area + name)!.Value, CultureInfo.InvariantCulture);
    }

    private XElement Regions(string file) =>
        XDocument.Load(_scenes.PathOf(file)).Descendants(s_regions + "Regions").Single();

    private XElement[] Faces(string file) =>
    [
        .. Regions(file).Elements(s_regions + "RegionList").Elements(s_rdf + "Bag").Elements(s_rdf + "li")
            .Elements(s_rdf + "Description"),
    ];
}
