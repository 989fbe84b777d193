using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Labelling;

namespace FaceLoupe.Training.Tests.Labelling;

public class LabelReportTests
{
    [Fact]
    public void the_style_of_boxes_is_the_median_against_their_annotations()
    {
        var style = new BoxStyle("any");
        FaceAnnotation[] known = [new(new Box(100, 100, 20, 20))];
        style.Add(
            [new Box(100, 98, 20, 24), new Box(100, 96, 16, 20), new Box(102, 94, 20, 20), new Box(0, 0, 20, 20)],
            known);

        style.Count.ShouldBe(3);
        style.Width.ShouldBe(1);
        style.Height.ShouldBe(1);
        style.X.ShouldBe(0);
        style.Y.ShouldBe(-0.2f, 1e-6);
    }

    [Fact]
    public void a_detector_that_finds_all_faces_has_an_AP_of_1_and_is_precise_from_its_lowest_right_score()
    {
        var format = new YuNetFormat("input");
        var report = new LabelReport([format]);
        var faces = new FaceAnnotation[] { new(new Box(0, 0, 10, 10)), new(new Box(50, 0, 40, 40)) };
        ScoredBox[] found = [new(faces[0].Box, 0.9), new(faces[1].Box, 0.8), new(new Box(200, 0, 20, 20), 0.3)];
        report.Add(
            new AnnotatedPicture("a.png", "", faces), new PictureFindings(
                [found], [], new PictureLabels(faces, [], []), []));

        report.Totals.ShouldBe("1 images: 2 boxes kept, 0 faces added, 0 places to ignore");
        var row = report.Table().Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        row[..5].ShouldBe(["yunet", "1.000", "1.000", "NaN", "1.000"]);
        row[6].ShouldBe("0.80");
    }
}
