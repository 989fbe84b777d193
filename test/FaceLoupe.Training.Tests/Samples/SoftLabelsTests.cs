using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class SoftLabelsTests
{
    private const float Unseen = 0.6f;

    // The second anchor of the cell about (14, 14).
    private const int OnFace = (16 * 16) + (3 * 16) + 3;

    private static readonly Box Face = new(8, 8, 12, 12);
    private static readonly AnchorMatchOptions Options = new();
    private static readonly AnchorMatcher Matcher = new(TinyConfig.Proposals.Branches, 64, Options);

    [Fact]
    public void a_face_that_no_detector_finds_is_less_likely() => Soften([Face]).Labels[OnFace].ShouldBe(Unseen);

    [Fact]
    public void a_face_that_detectors_find_too_gets_their_score() =>
        Soften([Face], new ScoredBox(new Box(8, 9, 12, 12), 0.5)).Labels[OnFace].ShouldBe(0.8f, 1e-6);

    [Fact]
    public void an_unannotated_face_is_labelled_by_its_score_and_box()
    {
        var found = new Box(9, 8, 12, 12);
        var labels = Soften([], new ScoredBox(found, 0.7), new ScoredBox(new Box(8, 8, 12, 12), 0.2));

        labels.Labels[OnFace].ShouldBe(0.7f);
        new BoxDelta(
            labels.Deltas[4 * OnFace], labels.Deltas[(4 * OnFace) + 1], labels.Deltas[(4 * OnFace) + 2],
            labels.Deltas[(4 * OnFace) + 3]).Decode(Face).X.ShouldBe(found.X, 1e-3);
    }

    [Fact]
    public void anchors_that_fit_a_likely_face_badly_are_ignored()
    {
        var found = new Box(10, 8, 12, 20);
        Soften([], new ScoredBox(found, 0.7)).Labels.Count(label => label == -1).ShouldBeGreaterThan(0);
        Soften([], new ScoredBox(found, 0.05)).Labels.ShouldNotContain(-1);
    }

    [Fact]
    public void low_scores_of_detectors_stay_background() =>
        Soften([], new ScoredBox(Face, 0.02)).Labels.ShouldAllBe(label => label == 0);

    private static AnchorLabels Soften(Box[] faces, params ScoredBox[] seen)
    {
        var labels = Matcher.Match(faces, []);
        new SoftLabels(Matcher.Grid, Options).Apply(labels, new SeenFaces(faces, seen, Unseen));
        return labels;
    }
}
