using System.Text.Json;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Anonymising;

public class AuditLogTests
{
    private const string Frame = """{"type":"region","file":"ü.mp4","frame":12,"time":0.48,"box":""";
    private const string Picture = """{"type":"region","file":"a.jpg","box":""";

    private static readonly AuditHeader Header = new(
        "FaceLoupe 1.0.0",
        "test 1.2.3",
        ["aa", "bb", "cc"],
        new ThresholdChoice(0.05f, new OperatingPoint
        {
            Recall = 0.99f, Threshold = 0.05f, FalseAlarmsPerPicture = 7.3f, MeasuredOn = "crowds",
        }),
        new MaskOptions { Kind = MaskKind.Solid, Scale = 2, Color = new(255, 0, 16) },
        4,
        new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public void the_header_tells_model_threshold_and_options() => Lines(Header, _ => { }).ShouldBe([
        """
        {"type":"header","schemaVersion":1,"program":"FaceLoupe 1.0.0","started":"2025-03-04T05:06:07+00:00",
        "model":"test 1.2.3","modelSha256":["aa","bb","cc"],"threshold":0.05,"operatingPoint":{"recall":0.99,
        "falseAlarmsPerPicture":7.3,"measuredOn":"crowds"},"mask":"solid","shape":"ellipse","maskScale":2,
        "color":"#FF0010","carry":4}
        """.ReplaceLineEndings(""),
    ]);

    [Fact]
    public void what_was_not_measured_is_null_and_what_has_no_colour_tells_none()
    {
        var header = Header with { Threshold = new(0.5f, null), Mask = new MaskOptions() };
        var line = JsonElement.Parse(Lines(header, _ => { })[0]);
        line.GetProperty("operatingPoint").ValueKind.ShouldBe(JsonValueKind.Null);
        line.TryGetProperty("color", out _).ShouldBeFalse();
        line.GetProperty("mask").GetString().ShouldBe("pixelate");
        line.TryGetProperty("certificate", out _).ShouldBeFalse();
    }

    [Fact]
    public void a_certificate_is_named_with_its_hash_and_what_departs_from_the_usual_is_reported()
    {
        var certificate = MaskCertificates.Sound() with { File = "mine.json", FileSha256 = "abcd" };
        var header = Header with { Threshold = new(0.05f, null, true, certificate), MinFace = 12, DetectEvery = 5 };

        var line = JsonElement.Parse(Lines(header, _ => { })[0]);

        line.GetProperty("certificate").GetRawText().ShouldBe(
            """{"file":"mine.json","sha256":"abcd","miss":0.05,"confidence":0.95,"pictures":120}""");
        line.GetProperty("minFace").GetDouble().ShouldBe(12);
        line.GetProperty("detectEvery").GetInt32().ShouldBe(5);
    }

    [Fact]
    public void a_verified_file_tells_what_the_second_look_found()
    {
        var frame = new AnonymisedPicture(
            new FaceLoupe.Imaging.Picture(100, 50), [new FaceRegion(new Box(10, 5, 20, 20), 0.5f, Verified: true)]);

        var lines = Lines(Header, log =>
        {
            log.WriteRegions("a.jpg", frame);
            log.WriteDone("a.jpg", "b.jpg", 1, 1, new VerifyTally(0.001f, 2, 1));
        });

        lines[1].ShouldEndWith("\"origin\":\"verified\"}");
        lines[2].ShouldEndWith("""
            "regions":1,"verified":{"threshold":0.001,"searches":2,"maskedAgain":1}}
            """);
    }

    [Fact]
    public void every_region_has_a_line()
    {
        var frame = new AnonymisedPicture(new FaceLoupe.Imaging.Picture(100, 50),
        [
            new FaceRegion(new Box(10.126f, 5, 20, 20), 0.87654f),
            new FaceRegion(new Box(90, 0, 10, 10), 0.5f, Carried: true),
        ]);

        Lines(Header, log =>
        {
            log.WriteRegions("ü.mp4", frame, 12, 0.48);
            log.WriteRegions("a.jpg", frame with { Regions = [frame.Regions[1]] });
            log.WriteDone("a.jpg", "out/a.jpg", 1, 1);
            log.WriteFailed("b.jpg", "b.jpg: the file is empty.");
        })[1..].ShouldBe(
        [
            Frame + """[10.13,5,20,20],"mask":[0.13,0,40,35],"score":0.8765,"origin":"detected"}""",
            Frame + """[90,0,10,10],"mask":[84.25,0,15.75,16],"score":0.5,"origin":"carried"}""",
            Picture + """[90,0,10,10],"mask":[84.25,0,15.75,16],"score":0.5,"origin":"carried"}""",
            """{"type":"done","file":"a.jpg","output":"out/a.jpg","frames":1,"regions":1}""",
            """{"type":"failed","file":"b.jpg","message":"b.jpg: the file is empty."}""",
        ]);
    }

    private static string[] Lines(AuditHeader header, Action<AuditLog> write)
    {
        using var writer = new StringWriter { NewLine = "\r\n" };
        write(new AuditLog(writer, header));
        writer.ToString().ShouldEndWith("}\n");
        writer.ToString().ShouldNotContain('\r');
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
