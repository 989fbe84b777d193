using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public class OperatingPointTests
{
    [Fact]
    public void points_are_written_and_read_back()
    {
        var points = new[] { Point(0.95f, 0.4f, 0.5f), Point(0.99f, 0.05f, 7) with { MeasuredOn = "crowds" } };

        var json = ModelManifestFile.Format(With(points));

        json.ShouldContain("\"falseAlarmsPerPicture\": 7");
        ModelManifestFile.Parse(json, "model.json").Detection.OperatingPoints.ShouldBe(points);
    }

    [Fact]
    public void masking_points_are_kept_and_checked_as_well()
    {
        var sound = Manifests.Sound();
        ModelManifest Masking(params OperatingPoint[] points) =>
            sound with { Detection = sound.Detection with { MaskingPoints = points } };
        var points = new[] { Point(0.95f, 0.4f, 0.5f), Point(0.99f, 0.05f, 7) };

        ModelManifestFile.Parse(ModelManifestFile.Format(Masking(points)), "m").Detection.MaskingPoints.ShouldBe(
            points);
        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(Masking(Point(1.2f, 0.5f, 0)))).Message
            .ShouldContain("detection.maskingPoints[0].recall is 1.2");
    }

    [Fact]
    public void a_manifest_without_them_has_none()
    {
        var json = ModelManifestFile.Format(Manifests.Sound()).Replace(
            "\"operatingPoints\": []", "\"operatingPoints\": null", StringComparison.Ordinal);
        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Parse(json, "m"));

        Manifests.Sound().Detection.OperatingPoints.ShouldBeEmpty();
    }

    [Fact]
    public void equal_thresholds_are_allowed() =>
        ModelManifestFile.Format(With(Point(0.9f, 0.1f, 1), Point(0.91f, 0.1f, 1))).ShouldContain("0.91");

    [Fact]
    public void impossible_points_are_refused_by_name()
    {
        Fault(Point(1.2f, 0.5f, 0)).ShouldContain("detection.operatingPoints[0].recall is 1.2");
        Fault(Point(0.9f, float.NaN, 0)).ShouldContain("operatingPoints[0].threshold");
        Fault(Point(0.9f, 0.5f, -1)).ShouldContain("operatingPoints[0].falseAlarmsPerPicture is -1");
        Fault(Point(0.9f, 0.5f, float.PositiveInfinity)).ShouldContain("operatingPoints[0].falseAlarmsPerPicture");
        Fault([null!]).ShouldContain("operatingPoints[0] is null");
    }

    [Fact]
    public void points_out_of_order_are_refused()
    {
        Fault(Point(0.95f, 0.3f, 1), Point(0.9f, 0.2f, 1)).ShouldContain("operatingPoints[1].recall is not above");
        Fault(Point(0.95f, 0.3f, 1), Point(0.95f, 0.2f, 1)).ShouldContain("operatingPoints[1].recall is not above");
        Fault(Point(0.95f, 0.3f, 1), Point(0.98f, 0.4f, 1)).ShouldContain("operatingPoints[1].threshold is above");
    }

    private static string Fault(params OperatingPoint[] points) =>
        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(With(points))).Message;

    private static OperatingPoint Point(float recall, float threshold, float falseAlarms) =>
        new() { Recall = recall, Threshold = threshold, FalseAlarmsPerPicture = falseAlarms };

    private static ModelManifest With(params OperatingPoint[] points)
    {
        var sound = Manifests.Sound();
        return sound with { Detection = sound.Detection with { OperatingPoints = points } };
    }
}
