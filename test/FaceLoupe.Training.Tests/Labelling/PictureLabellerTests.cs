using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Labelling;

namespace FaceLoupe.Training.Tests.Labelling;

public class PictureLabellerTests
{
    private static readonly FaceAnnotation Known = new(new Box(10, 10, 20, 20), Occlusion: 1);

    [Fact]
    public void faces_stay_as_they_are_and_agreeing_detectors_add_others()
    {
        var labels = Label(
            LabelKind.Faces, [Known], Cluster(new Box(11, 11, 20, 20), 0.9f, 0.9f), Cluster(
                new Box(60, 10, 20, 20), 0.8f, 0.6f));

        labels.Kept.ShouldHaveSingleItem().ShouldBeSameAs(Known);
        labels.Added.ShouldHaveSingleItem().ShouldBe(new FaceAnnotation(new Box(60, 10, 20, 20)));
        labels.Ignored.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new[] { 0.9f })] // alone
    [InlineData(new[] { 0.6f, 0.3f })] // together, but not confident
    [InlineData(new[] { 0.3f })]
    public void uncertain_faces_are_ignored(float[] confidences)
    {
        var labels = Label(LabelKind.Faces, [Known], Cluster(new Box(60, 10, 20, 20), confidences));

        labels.Added.ShouldBeEmpty();
        var place = labels.Ignored.ShouldHaveSingleItem();
        place.Invalid.ShouldBeTrue();
        Overlap.IoU(place.Box, new Box(60, 10, 20, 20)).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void low_scores_are_background() =>
        Label(LabelKind.Faces, [], Cluster(new Box(60, 10, 20, 20), 0.2f, 0.2f, 0.2f)).All.ShouldBeEmpty();

    [Fact]
    public void a_new_face_that_reaches_into_a_known_one_is_ignored() =>
        Label(LabelKind.Faces, [Known], Cluster(new Box(10, 26, 20, 20), 0.9f, 0.9f)).Ignored.Count.ShouldBe(1);

    [Fact]
    public void a_head_with_a_confident_detection_in_it_is_a_face()
    {
        var head = new FaceAnnotation(new Box(10, 10, 24, 30));
        var back = new FaceAnnotation(new Box(60, 10, 24, 30));
        var labels = Label(LabelKind.Heads, [head, back], Cluster(new Box(13, 16, 18, 22), 0.6f));

        labels.Kept.ShouldBeEmpty();
        labels.Added.ShouldHaveSingleItem().Box.ShouldBe(new Box(13, 16, 18, 22));
        labels.Ignored.ShouldHaveSingleItem().ShouldBe(back with { Invalid = true });
    }

    [Fact]
    public void without_a_head_even_agreeing_detections_are_ignored() =>
        Label(LabelKind.Heads, [], Cluster(new Box(13, 16, 18, 22), 0.9f, 0.9f)).Ignored.Count.ShouldBe(1);

    [Fact]
    public void in_background_all_detections_are_ignored()
    {
        var labels = Label(
            LabelKind.None, [], Cluster(new Box(13, 16, 18, 22), 0.9f, 0.9f), Cluster(new Box(60, 16, 18, 22), 0.1f));
        labels.All.ShouldHaveSingleItem().Invalid.ShouldBeTrue();
    }

    [Fact]
    public void new_boxes_are_clipped_to_the_picture() =>
        Label(LabelKind.Faces, [], Cluster(new Box(-5, 90, 20, 20), 0.9f, 0.9f)).Added[0].Box.ShouldBe(
            new Box(0, 90, 15, 10));

    private static PictureLabels Label(LabelKind kind, FaceAnnotation[] known, params BoxCluster[] clusters) =>
        new PictureLabeller(new LabelOptions { Kind = kind }).Label(known, clusters, 100, 100);

    private static BoxCluster Cluster(Box box, params float[] confidences)
    {
        var cluster = new BoxCluster(new DetectorBox(0, box, confidences[0]));
        for (var detector = 1; detector < confidences.Length; detector++)
        {
            cluster.Add(new DetectorBox(detector, box, confidences[detector]));
        }

        return cluster;
    }
}
