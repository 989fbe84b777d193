using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Labelling;

namespace FaceLoupe.Training.Tests.Labelling;

public class BoxRestylerTests
{
    private static readonly FaceAnnotation First = new(new Box(10, 10, 20, 20), Occlusion: 1);
    private static readonly FaceAnnotation Second = new(new Box(60, 10, 40, 40));

    [Fact]
    public void the_box_of_agreeing_detectors_replaces_the_annotated_one()
    {
        var restyler = new BoxRestyler(agree: 2);

        var boxes = restyler.Match([First], [Cluster(new Box(12, 9, 16, 22), detectors: 2)]);

        restyler.Redraw([First], boxes).ShouldBe([First with { Box = new Box(12, 9, 16, 22) }]);
    }

    [Theory]
    [InlineData(1, 12)] // one detector alone
    [InlineData(2, 26)] // an IoU below 0.35
    public void without_agreement_a_box_is_mapped(int detectors, float x) =>
        new BoxRestyler(agree: 2).Match([First], [Cluster(new Box(x, 9, 16, 22), detectors)]).ShouldBe([null]);

    [Fact]
    public void the_map_is_the_median_difference_of_the_other_faces()
    {
        var restyler = new BoxRestyler(agree: 2);
        restyler.Match([First], [Cluster(new Box(12, 9, 16, 22), detectors: 2)]);

        var redrawn = restyler.Redraw([Second], [null])[0].Box;

        // Widths x0.8, heights x1.1, the centre where it was: the first face's difference.
        redrawn.Width.ShouldBe(32, 1e-4);
        redrawn.Height.ShouldBe(44, 1e-4);
        redrawn.CenterX.ShouldBe(80, 1e-4);
        redrawn.CenterY.ShouldBe(30, 1e-4);
    }

    [Fact]
    public void without_any_agreement_boxes_stay_as_they_are() =>
        new BoxRestyler(agree: 2).Redraw([First, Second], [null, null]).ShouldBe([First, Second]);

    [Fact]
    public void two_faces_do_not_share_one_box_of_the_detectors()
    {
        var near = First with { Box = new Box(14, 10, 20, 20) };

        var boxes = new BoxRestyler(agree: 2).Match([First, near], [Cluster(new Box(10, 10, 20, 20), detectors: 2)]);

        boxes.ShouldBe([new Box(10, 10, 20, 20), null]);
    }

    private static BoxCluster Cluster(Box box, int detectors)
    {
        var cluster = new BoxCluster(new DetectorBox(0, box, 0.9f));
        for (var detector = 1; detector < detectors; detector++)
        {
            cluster.Add(new DetectorBox(detector, box, 0.9f));
        }

        return cluster;
    }
}
