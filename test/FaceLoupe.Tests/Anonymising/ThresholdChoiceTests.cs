using FaceLoupe.Anonymising;
using FaceLoupe.Models;
using FaceLoupe.Tests.Models;

namespace FaceLoupe.Tests.Anonymising;

public class ThresholdChoiceTests
{
    private static readonly ModelManifest Measured = With(
        Point(0.9f, 0.6f, 0.1f), Point(0.95f, 0.4f, 0.5f), Point(0.99f, 0.05f, 7.25f) with { MeasuredOn = "crowds" });

    [Theory]
    [InlineData(0.5f, 0.6f)]
    [InlineData(0.9f, 0.6f)]
    [InlineData(0.91f, 0.4f)]
    [InlineData(0.95f, 0.4f)]
    [InlineData(0.99f, 0.05f)]
    public void the_lowest_point_with_enough_recall_is_taken(float recall, float threshold) =>
        ThresholdChoice.Of(Measured, recall).Threshold.ShouldBe(threshold);

    [Fact]
    public void without_wishes_recall_is_preferred()
    {
        // 0.99 is dear
        ThresholdChoice.Of(Measured).ShouldBe(new ThresholdChoice(0.4f, Measured.Detection.OperatingPoints[1]));
        ThresholdChoice.Of(With(Point(0.9f, 0.6f, 0.1f))).ShouldBe(new ThresholdChoice(0.5f, null));
        ThresholdChoice.Of(With()).ShouldBe(new ThresholdChoice(0.5f, null));
    }

    [Fact]
    public void without_wishes_recall_must_not_cost_a_picture_full_of_masks()
    {
        var dear = With(Point(0.8f, 0.7f, 0.1f), Point(0.92f, 0.2f, 3), Point(0.95f, 0.01f, 250));

        ThresholdChoice.Of(dear).Threshold.ShouldBe(0.2f);
        ThresholdChoice.Of(dear, 0.95f).Threshold.ShouldBe(0.01f); // asked for, it is had

        var cheap = With(Point(0.95f, 0.4f, 0.5f), Point(0.98f, 0.1f, 1));
        ThresholdChoice.Of(cheap).Threshold.ShouldBe(0.1f, "what costs little is taken");
    }

    [Fact]
    public void what_masks_hide_goes_before_how_well_boxes_fit()
    {
        var model = Measured with
        {
            Detection = Measured.Detection with { MaskingPoints = [Point(0.95f, 0.45f, 0.2f), Point(0.98f, 0.3f, 2)] },
        };

        ThresholdChoice.Of(model).ShouldBe(new ThresholdChoice(0.3f, model.Detection.MaskingPoints[1], ByMasks: true));
        ThresholdChoice.Of(model, 0.9f).Threshold.ShouldBe(0.45f);
        ThresholdChoice.Of(model, minScore: 0.7f).ShouldBe(new ThresholdChoice(0.7f, null));
        ThresholdChoice.Of(model).Describe().ShouldBe(
            "threshold 0.3: hides 0.98 of the faces, with 2 false-positive masks per image");
        Should.Throw<FaceLoupeException>(() => ThresholdChoice.Of(model, 0.99f)).Message.ShouldContain(
            "0.95, 0.98 only");
    }

    [Fact]
    public void a_threshold_that_is_asked_for_is_taken()
    {
        ThresholdChoice.Of(Measured, minScore: 0.33f).ShouldBe(new ThresholdChoice(0.33f, null));
        ThresholdChoice.Of(Measured, minScore: 0.4f).Point!.Recall.ShouldBe(0.95f);
        Should.Throw<ArgumentException>(() => ThresholdChoice.Of(Measured, 0.9f, 0.5f));
    }

    [Fact]
    public void the_first_stage_alone_has_its_own_threshold_and_no_recall()
    {
        var first = new AnonymiserOptions { Stages = DetectionStages.ProposalsOnly };
        ThresholdChoice.Of(Measured, first).ShouldBe(new ThresholdChoice(0.5f, null));
        ThresholdChoice.Of(Measured, first with { MinScore = 0.1f }).Threshold.ShouldBe(0.1f);
        Should.Throw<FaceLoupeException>(() => ThresholdChoice.Of(Measured, first with { TargetRecall = 0.9f })).Message
            .ShouldContain("applies to both stages");
        ThresholdChoice.Of(Measured, new AnonymiserOptions()).ShouldBe(ThresholdChoice.Of(Measured));
    }

    [Fact]
    public void a_choice_that_hides_fewer_than_none_would_says_so()
    {
        ThresholdChoice.Of(Measured, 0.9f).WeakerThanDefault(Measured).ShouldBe(
            "that is less than the default, which hides 0.95 of the faces (threshold 0.4)");
        ThresholdChoice.Of(Measured, 0.99f).WeakerThanDefault(Measured).ShouldBeNull();
        ThresholdChoice.Of(Measured).WeakerThanDefault(Measured).ShouldBeNull();
    }

    [Fact]
    public void a_recall_beyond_what_was_measured_names_what_there_is() =>
        Should.Throw<FaceLoupeException>(() => ThresholdChoice.Of(Measured, 0.995f)).Message.ShouldBe(
            "A recall of 0.995 was requested, but the model test 1.2.3 was measured at 0.9, 0.95, 0.99 only: choose "
            + "one of these, or give a lowest score.");

    [Fact]
    public void a_recall_of_a_model_without_points_is_refused() =>
        Should.Throw<FaceLoupeException>(() => ThresholdChoice.Of(With(), 0.9f)).Message
            .ShouldContain("ships no operating points");

    [Fact]
    public void the_choice_is_reported_with_its_cost()
    {
        ThresholdChoice.Of(Measured, 0.99f).Describe().ShouldBe(
            "threshold 0.05: finds 0.99 of the faces (as measured on crowds), with 7.25 false alarms per image");
        ThresholdChoice.Of(Measured).Describe()
            .ShouldBe("threshold 0.4: finds 0.95 of the faces, with 0.5 false alarms per image");
        ThresholdChoice.Of(With()).Describe()
            .ShouldBe("threshold 0.5: the share of the faces it finds was not measured");
    }

    private static OperatingPoint Point(float recall, float threshold, float falseAlarms) =>
        new() { Recall = recall, Threshold = threshold, FalseAlarmsPerPicture = falseAlarms };

    private static ModelManifest With(params OperatingPoint[] points)
    {
        var sound = Manifests.Sound();
        return sound with { Detection = sound.Detection with { OperatingPoints = points } };
    }
}
