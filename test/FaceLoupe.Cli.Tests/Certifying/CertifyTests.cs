using System.Globalization;
using System.Text.Json;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Certifying;

public sealed class CertifyTests : IDisposable
{
    private static readonly Box Place = Square(16, 2, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-certify-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_certificate_is_made_and_used()
    {
        var annotations = Annotate(59);

        var call = Certify(annotations, "--out", PathOf("mine.json"));

        (call.ExitCode, call.Output).ShouldBe((0, ""), call.Error);
        call.Error.ShouldContain(
            "certified that at most 0.05 of the images show a face, with a confidence of 0.95 (tested on 59, ");
        var document = JsonElement.Parse(File.ReadAllText(PathOf("mine.json")));
        document.GetProperty("miss").GetRawText().ShouldBe("0.05");
        document.GetProperty("pictures").GetInt32().ShouldBe(59);
        var blur = CliCall.Run(
            "blur", PathOf("in/0.png"), "--out", PathOf("b.png"), "--certificate", PathOf("mine.json"),
                "--model", Folder);
        blur.ExitCode.ShouldBe(0, blur.Error);
        blur.Error.ShouldContain("1 region masked");
    }

    [Fact]
    public void without_a_file_the_certificate_goes_to_standard_output_and_depends_on_pictures_and_annotations()
    {
        string HashWith(int width) => Certify(Annotate(2, width), "--miss", "0.5", "--confidence", "0.5")
            .Json.GetProperty("picturesSha256").GetString()!;

        HashWith(16).ShouldBe(HashWith(16));
        HashWith(16).ShouldNotBe(HashWith(17));
    }

    [Fact]
    public void too_few_pictures_are_refused_before_any_is_looked_at() =>
        Certify(Annotate(3)).ShouldBeRefused("3 images with faces are too few", "needs at least 59");

    [Fact]
    public void an_annotation_without_its_picture_is_refused()
    {
        var annotations = Annotate(3);
        File.Delete(PathOf("in/1.png"));

        Certify(annotations, "--miss", "0.5", "--confidence", "0.5")
            .ShouldBeRefused("1 of its images are not in", "1.png");
    }

    [Fact]
    public void copies_of_pictures_are_refused_by_their_content()
    {
        var annotations = Annotate(5);
        File.Copy(PathOf("in/1.png"), PathOf("in/3.png"), overwrite: true);
        File.Copy(PathOf("in/1.png"), PathOf("in/4.png"), overwrite: true);

        Certify(annotations, "--miss", "0.5", "--confidence", "0.5").ShouldBeRefused(
            "2 of its images are copies of others, byte for byte: 1.png = 3.png = 4.png",
            "remove the copies from the file");
    }

    [Fact]
    public void a_certificate_is_compared_with_its_pictures_annotations_and_model()
    {
        var annotations = Annotate(2);
        var file = PathOf("mine.json");
        Certify(annotations, "--miss", "0.5", "--confidence", "0.5", "--out", file).ExitCode.ShouldBe(0);

        var call = Certify(annotations, "--check", file);
        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain(
            "mine.json: is for these images, annotations and this model: certified that at most 0.5");

        Certify(annotations, "--check", file, "--miss", "0.2").ShouldBeRefused("cannot be combined with --miss");
        Certify(Annotate(2, width: 17), "--check", file).ShouldBeRefused("is for other images or annotations");
        annotations = Annotate(2);
        File.Copy(PathOf("in/0.png"), PathOf("in/1.png"), overwrite: true);
        Certify(annotations, "--check", file).ShouldBeRefused("is for other images or annotations");
        _ = Annotate(2);
        CliCall.Run("certify", PathOf("in"), "--annotations", annotations, "--check", file, "--model", "full-int8")
            .ShouldBeRefused("is for the model tiny 1.0.0", ", not full-int8");
        File.WriteAllText(
            file, File.ReadAllText(file).Replace("\"pictures\": 2", "\"pictures\": 3", StringComparison.Ordinal));
        Certify(annotations, "--check", file).ShouldBeRefused("its checksum does not match");
    }

    [Fact]
    public void a_certificate_takes_the_place_of_nothing_but_a_certificate()
    {
        var annotations = Annotate(2);
        File.WriteAllText(PathOf("notes.json"), "mine");
        string[] args = ["--miss", "0.5", "--confidence", "0.5", "--out"];

        Certify(annotations, [.. args, PathOf("notes.json")]).ShouldBeRefused("already exists and is not a cert");
        File.ReadAllText(PathOf("notes.json")).ShouldBe("mine");
        Certify(annotations, [.. args, PathOf("new.json")]).ExitCode.ShouldBe(0);
        Certify(annotations, [.. args, PathOf("new.json")]).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void faces_that_are_not_found_cannot_be_certified()
    {
        var annotations = Annotate(4, left: 70);

        Certify(annotations, "--miss", "0.3", "--confidence", "0.7").ShouldBeRefused(
            "4 of 4 images show a face even where every region that is found is masked", "no more than 0 may");
    }

    [Fact]
    public void a_picture_that_cannot_be_read_counts_as_one_that_shows_its_face()
    {
        var annotations = Annotate(8);
        File.WriteAllText(PathOf("in/3.png"), "no image");

        var call = Certify(annotations, "--miss", "0.5", "--confidence", "0.9");

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("3.png");
        call.Json.GetProperty("picturesWithMiss").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("above 0 and below 1", "--miss", "0")]
    [InlineData("--confidence is '2', not a number from 0 to 1", "--confidence", "2")]
    public void shares_without_sense_are_refused(string reported, params string[] args) => Certify(Annotate(1), args)
        .ShouldBeRefused(reported);

    private CliCall Certify(string annotations, params string[] args) =>
        CliCall.Run(["certify", PathOf("in"), "--annotations", annotations, .. args, "--model", Folder]);

    private string Annotate(int pictures, int width = 16, int? left = null)
    {
        var lines = new List<string>();
        for (var i = 0; i < pictures; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture) + ".png";

            // No image is the copy of another.
            var scene = Scene(100, 90, (Place, White));
            scene.Pixels[0] = (byte)i;
            PictureFile.Write(scene, PathOf($"in/{name}"));
            lines.AddRange([name, "1",
                FormattableString.Invariant($"{left ?? Place.X} {Place.Y} {width} 16 0 0 0 0 0 0")]);
        }

        File.WriteAllLines(PathOf("in.bbx.txt"), lines);
        return PathOf("in.bbx.txt");
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
