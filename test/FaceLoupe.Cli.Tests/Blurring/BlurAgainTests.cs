using System.Text.Json;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>Repeated searches, earlier runs, certificates, --min-face and --quiet.</summary>
public sealed class BlurAgainTests : IDisposable
{
    private static readonly Box Place = Square(16, 2, 3);
    private static readonly Box Fake = Square(16, 7, 6);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-again-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void verify_searches_what_was_written_and_tells_so_in_the_audit()
    {
        var call = Run("--out", PathOf("b.jpg"), "--verify", "--mask", "solid", "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("1 region masked, 0 of them after searching it again, ");
        Audit("a.jsonl")[^1].GetProperty("verified").GetRawText()
            .ShouldBe("""{"threshold":0.5,"searches":1,"maskedAgain":0}""");
    }

    [Fact]
    public void what_the_second_look_finds_is_masked_and_written_down()
    {
        // As if the first search had missed all faces.
        using var bundle = Open();
        var picture = PictureFile.Read(Save("a.png"));
        using var lines = new StringWriter();
        var header = new AuditHeader("test", "tiny", [], new(0.5f, null), new MaskOptions(), 5,
            DateTimeOffset.UnixEpoch);
        var blur = new PictureBlur(new Anonymiser((_, _, _) => []), new MaskVerifier(bundle),
            new AuditLog(lines, header));

        var tally = blur.Run(picture, "a.png", PathOf("b.png"), CancellationToken.None);

        tally.ShouldBe(new BlurTally(1, 1, 0, new VerifyTally(0.5f, 2, 1)));
        Brightness("b.png", Place).ShouldNotBe(255);
        lines.ToString().ShouldContain("\"origin\":\"verified\"");
    }

    [Fact]
    public void a_mask_that_looks_like_a_face_is_a_mask_seen_again()
    {
        // This model classifies a white mask as a face.
        var call = Run("--out", PathOf("b.png"), "--verify", "--mask", "solid", "--color", "white", "--shape", "box",
            "--mask-scale", "1");

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("1 region masked, 0 of them after searching it again");
    }

    [Fact]
    public void a_file_that_still_shows_places_after_the_last_search_fails_and_is_not_written()
    {
        var search = 0;
        var picture = PictureFile.Read(Save("a.png"));
        var anonymiser = new Anonymiser((_, _, _) => []);
        PictureBlur Finding(int searches) => new(
            anonymiser,
            new MaskVerifier((_, _, _) => search < searches ? [new FaceRegion(new Box(11 * search++, 5, 8, 8), 0.1f)]
                : [], 0.01f),
            Audit: null);

        Should.Throw<FaceLoupeException>(() => Finding(9)
            .Run(picture, "a.png", PathOf("b.png"), CancellationToken.None))
            .Message.ShouldStartWith(
                "a.png: after 8 searches, what may be a face still shows in 1 place; nothing was written.");
        File.Exists(PathOf("b.png")).ShouldBeFalse();

        search = 0;
        Finding(3).Run(picture, "a.png", PathOf("b.png"), CancellationToken.None).Verified
            .ShouldBe(new VerifyTally(0.01f, 4, 3));
        File.Exists(PathOf("b.png")).ShouldBeTrue();
    }

    [Fact]
    public void a_certificate_chooses_the_threshold_and_is_named_in_the_audit()
    {
        var path = PathOf("mine.json");
        MaskCertificateFile.Write(Certificate(), path);

        var call = Run("--out", PathOf("b.png"), "--certificate", path, "--audit", PathOf("a.jsonl"));

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldStartWith("threshold 0.25: certified that at most 0.05 of the images show a face");
        var named = Audit("a.jsonl")[0].GetProperty("certificate");
        named.GetProperty("file").GetString().ShouldBe(path);
        named.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
    }

    [Fact]
    public void a_certificate_of_another_model_or_mask_is_refused()
    {
        MaskCertificateFile.Write(Certificate() with { ModelSha256 = new string('a', 64) }, PathOf("other.json"));
        MaskCertificateFile.Write(Certificate(), PathOf("mine.json"));

        Run("--out", PathOf("b.png"), "--certificate", PathOf("other.json"))
            .ShouldBeRefused("other.json: is for the model tiny");
        Run("--out", PathOf("b.png"), "--certificate", PathOf("mine.json"), "--shape", "box")
            .ShouldBeRefused("but box and 1.3 are used");
        Run("--out", PathOf("b.png"), "--certificate", PathOf("none.json"))
            .ShouldBeRefused("none.json: the certificate cannot be read");
        File.Exists(PathOf("b.png")).ShouldBeFalse();
    }

    [Fact]
    public void faces_below_the_smallest_size_stay_visible()
    {
        Run("--out", PathOf("b.png"), "--min-face", "17", "--audit", PathOf("a.jsonl"))
            .Error.ShouldContain("0 regions masked");
        Audit("a.jsonl")[0].GetProperty("minFace").GetDouble().ShouldBe(17);
        Run("--out", PathOf("c.png"), "--min-face", "8").Error.ShouldContain("1 region masked");
    }

    [Fact]
    public void quiet_tells_faults_and_nothing_else()
    {
        Run("--out", PathOf("b.png"), "--quiet", "--mask", "gaussian").Error.ShouldBeEmpty();
        Run("--out", PathOf("b.png"), "-q").Faults.ShouldHaveSingleItem().ShouldContain("already exists");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    public void pictures_decoded_ahead_keep_their_order_and_their_faults(string jobs)
    {
        Save("in/a.png");
        File.WriteAllText(PathOf("in/b.png"), "no image");
        Save("in/c.png");
        Save("in/d.png");
        Save("out/c.png"); // in the way

        var call = CliCall.Run("blur", PathOf("in"), "--out", PathOf("out"), "--jobs", jobs, "--mask", "solid",
            "--model", Folder);

        call.ExitCode.ShouldBe(1);
        call.Faults.Length.ShouldBe(2);
        Brightness("out/a.png", Place).ShouldBe(0);
        Brightness("out/c.png", Place).ShouldBe(255);
        Brightness("out/d.png", Place).ShouldBe(0);
    }

    [Fact]
    public void resume_leaves_out_what_is_there()
    {
        Save("in/a.png");
        Save("in/b.png");
        Save("out/a.png"); // as an earlier run left it
        var before = File.ReadAllBytes(PathOf("out/a.png"));

        var call = CliCall.Run("blur", PathOf("in"), "--out", PathOf("out"), "--resume", "--model", Folder);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("1 file finished by an earlier run, left as they are");
        File.ReadAllBytes(PathOf("out/a.png")).ShouldBe(before);
        File.Exists(PathOf("out/b.png")).ShouldBeTrue();
    }

    [Fact]
    public void resume_with_an_audit_goes_by_what_it_tells_and_keeps_its_lines()
    {
        Save("in/a.png");
        CliCall Again(params string[] more) => CliCall.Run(
            ["blur", PathOf("in"), "--out", PathOf("out"), "--audit", PathOf("a.jsonl"), "--resume", "--model", Folder,
                .. more]);
        Again().ExitCode.ShouldBe(0);
        Save("in/b.png");
        Save("in/c.png");
        Save("out/c.png"); // nothing tells what that is

        var call = Again();

        call.ExitCode.ShouldBe(1);
        call.Faults.ShouldHaveSingleItem().ShouldContain("c.png already exists");
        Audit("a.jsonl").Select(line => line.GetProperty("type").GetString())
            .ShouldBe(["header", "region", "done", "region", "done", "failed"]);
        Again("--mask", "solid").ShouldBeRefused("the earlier run had mask \"pixelate\", but this one has \"solid\"");
        File.WriteAllText(PathOf("a.jsonl"), "notes");
        Again().ShouldBeRefused("is not an audit that --resume can continue");
        File.ReadAllText(PathOf("a.jsonl")).ShouldBe("notes");
    }

    private static MaskCertificate Certificate() => new()
    {
        Created = DateTimeOffset.UnixEpoch,
        Model = "tiny 1.0.0",
        ModelSha256 = MaskCertificate.HashOf(ModelManifestFile.Read(Path.Combine(Folder, ModelManifestFile.FileName))),
        Shape = MaskShape.Ellipse,
        MaskScale = 1.3f,
        HiddenShare = 0.75f,
        MinFace = 0,
        Miss = 0.05,
        Confidence = 0.95,
        Threshold = 0.25f,
        Pictures = 60,
        PicturesWithMiss = 0,
        PicturesWithoutFaces = 0,
        FalsePositiveMasksPerPicture = 0,
        PicturesSha256 = new string('b', 64),
    };

    private CliCall Run(params string[] args) =>
        CliCall.Run(["blur", Save("a.png"), .. args.Contains("--model") ? args : [.. args, "--model", Folder]]);

    private int Brightness(string name, Box box)
    {
        var picture = PictureFile.Read(PathOf(name));
        return picture.Pixels[picture.OffsetOf((int)box.CenterX, (int)box.CenterY) + 1];
    }

    private JsonElement[] Audit(string name) =>
        [.. File.ReadLines(PathOf(name)).Select(line => JsonElement.Parse(line))];

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // One face, and one square that only the first stage classifies as a face.
    private string Save(string name)
    {
        var path = PathOf(name);
        PictureFile.Write(Scene(100, 90, (Place, White), (Fake, Cyan)), path);
        return path;
    }
}
