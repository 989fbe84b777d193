using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class SeenFacesTests
{
    private static readonly Box Face = new(10, 10, 20, 20);

    [Fact]
    public void an_annotated_face_is_likelier_the_surer_the_best_box_on_it()
    {
        var seen = See([Face, new Box(60, 60, 20, 20)], new(new Box(11, 10, 20, 20), 0.3), new(Face, 0.5));

        seen.Chances.ShouldBe([0.8f, 0.6f], 1e-6);
        seen.Others.ShouldBeEmpty();
    }

    [Fact]
    public void boxes_without_an_annotated_face_are_others_best_first_and_the_lowest_are_dropped() =>
        See([Face], new(new Box(60, 60, 8, 8), 0.2), new(new Box(40, 60, 8, 8), 0.7), new(new Box(80, 9, 8, 8), 0.02))
            .Others.Select(found => found.Score).ShouldBe([0.7, 0.2]);

    /// <summary>A box of another convention on an annotated face is that face, not another one.</summary>
    [Fact]
    public void a_larger_box_on_an_annotated_face_is_no_other_face() =>
        See([Face], new ScoredBox(new Box(6, 6, 28, 28), 0.9)).Others.ShouldBeEmpty();

    private static SeenFaces See(Box[] faces, params ScoredBox[] seen) => new(faces, seen, 0.6f);
}
