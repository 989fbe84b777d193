using FaceLoupe.Anonymising;

namespace FaceLoupe.Tests.Anonymising;

public sealed class MaskCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-certificate-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "mine.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void a_certificate_comes_back_as_it_was_written_and_knows_its_file()
    {
        MaskCertificateFile.Write(MaskCertificates.Sound(), Path);

        var read = MaskCertificateFile.Read(Path);

        (read with { File = null, FileSha256 = null, Checksum = null }).ShouldBe(MaskCertificates.Sound());
        read.Checksum!.Length.ShouldBe(64);
        read.File.ShouldBe(Path);
        read.FileSha256!.Length.ShouldBe(64);
    }

    [Fact]
    public void the_threshold_of_a_certificate_is_taken_for_the_model_and_masks_it_was_made_for()
    {
        var choice = ThresholdChoice.Of(MaskCertificates.Model,
            new AnonymiserOptions { Certificate = MaskCertificates.Sound() });

        choice.Threshold.ShouldBe(0.002f);
        choice.Describe()
            .ShouldBe("threshold 0.002: certified that at most 0.05 of the images show a face, with a confidence of "
            + "0.95 (tested on 120, of which 1 did), with 1.5 false-positive masks per image");
    }

    [Fact]
    public void thresholds_and_points_of_a_model_are_no_part_of_what_a_certificate_is_for()
    {
        var model = MaskCertificates.Model;
        var other = model with { Detection = model.Detection with { Threshold = 0.123f } };
        MaskCertificate.HashOf(other).ShouldBe(MaskCertificate.HashOf(model));
        MaskCertificate.HashOf(model with { Detection = model.Detection with { FinalNms = 0.31f } })
            .ShouldNotBe(MaskCertificate.HashOf(model));
    }

    [Fact]
    public void a_certificate_of_another_model_is_refused() =>
        Refused(MaskCertificates.Sound() with { ModelSha256 = new string('a', 64) }, new())
            .ShouldContain("is for the model test 1.2.3 (aaaaaaaa), but test 1.2.3");

    [Fact]
    public void a_certificate_of_other_masks_is_refused_with_all_that_differs()
    {
        var message = Refused(MaskCertificates.Sound() with { File = "mine.json" }, new AnonymiserOptions
        {
            Mask = new MaskOptions { Shape = MaskShape.Box, Scale = 1.6f }, MinFace = 20,
                Stages = DetectionStages.ProposalsOnly,
        });

        message.ShouldStartWith(
            "mine.json: is for masks of shape ellipse and scale 1.3, but box and 1.6 are used; for faces from 0 px, "
            + "but those from 20 px are masked; for both stages");
    }

    [Fact]
    public void what_fills_a_mask_does_not_matter() => ThresholdChoice.Of(MaskCertificates.Model, new AnonymiserOptions
    {
        Certificate = MaskCertificates.Sound(), Mask = new MaskOptions { Kind = MaskKind.Solid },
    }).Threshold.ShouldBe(0.002f);

    [Fact]
    public void a_certificate_and_another_wish_are_refused()
    {
        Refused(MaskCertificates.Sound(), new AnonymiserOptions { MinScore = 0.5f }).ShouldContain("give one of them");
        Refused(MaskCertificates.Sound(), new AnonymiserOptions { TargetRecall = 0.5f })
            .ShouldContain("give one of them");
    }

    [Theory]
    [InlineData("\"picturesWithMiss\": 1", "\"picturesWithMiss\": 0", "its checksum does not match")]
    [InlineData("\"threshold\": 0.002", "\"threshold\": 0.003", "its checksum does not match")]
    [InlineData("\"created\": \"2026", "\"created\": \"2027", "its checksum does not match")]
    [InlineData("bbbb", "bbbc", "its checksum does not match")]
    [InlineData("\"checksum\": \"", "\"checksum\": \"0", "its checksum does not match")]
    [InlineData("\"threshold\": 0.002", "\"threshold\": 1.5", "out of range")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "its format version is 2")]
    [InlineData("\"miss\": 0.05", "\"mist\": 0.05", "not a certificate as 'faceloupe certify' writes it")]
    [InlineData("}", "", "not a certificate as 'faceloupe certify' writes it")]
    public void an_altered_certificate_is_refused(string written, string altered, string reported)
    {
        var text = MaskCertificateFile.Format(MaskCertificates.Sound());
        text.ShouldContain(written);
        File.WriteAllText(Path, text.Replace(written, altered));

        Should.Throw<FaceLoupeException>(() => MaskCertificateFile.Read(Path)).Message.ShouldContain(reported);
    }

    [Fact]
    public void a_certificate_whose_counts_do_not_bear_its_claim_is_refused()
    {
        MaskCertificateFile.Write(MaskCertificates.Sound() with { PicturesWithMiss = 3 }, Path);
        Should.Throw<FaceLoupeException>(() => MaskCertificateFile.Read(Path)).Message
            .ShouldContain("3 misses in 120 images do not show a rate below 0.05");
    }

    [Fact]
    public void a_certificate_without_its_checksum_is_refused()
    {
        var lines = MaskCertificateFile.Format(MaskCertificates.Sound()).Split('\n').ToList();
        var at = lines.FindIndex(line => line.Contains("checksum", StringComparison.Ordinal));
        lines[at - 1] = lines[at - 1].TrimEnd(',');
        lines.RemoveAt(at);
        File.WriteAllLines(Path, lines);

        Should.Throw<FaceLoupeException>(() => MaskCertificateFile.Read(Path)).Message.ShouldContain(
            "it has no checksum");
    }

    [Fact]
    public void other_blanks_and_line_ends_leave_a_certificate_what_it_is()
    {
        File.WriteAllText(
            Path, MaskCertificateFile.Format(MaskCertificates.Sound()).Replace(
                "\n  ", "\r\n\t", StringComparison.Ordinal));
        MaskCertificateFile.Read(Path).Pictures.ShouldBe(120);
    }

    [Fact]
    public void a_missing_certificate_is_reported() =>
        Should.Throw<FaceLoupeException>(() => MaskCertificateFile.Read(Path)).Message.ShouldContain("cannot be read");

    private static string Refused(MaskCertificate certificate, AnonymiserOptions options) =>
        Should.Throw<FaceLoupeException>(
        () => ThresholdChoice.Of(MaskCertificates.Model, options with { Certificate = certificate })).Message;
}
