using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Tests.Samples.Layout;

public class CanvasFacesTests
{
    private static readonly CanvasOptions Options = new() { Size = 100 };

    [Fact]
    public void a_window_maps_boxes_to_the_cell()
    {
        var placement = Shown(new Box(10, 20, 40, 80), new CanvasCell(50, 0, 20, 40));

        placement.ToCanvas(new Box(30, 40, 10, 20)).ShouldBe(new Box(60, 10, 5, 10));
    }

    [Fact]
    public void faces_to_learn_keep_their_landmarks()
    {
        var points = FaceLandmarks.Of([13, 14, 25, 14, 19, 20, 14, 27, 24, 27]);
        var whole = Shown(new Box(0, 0, 200, 200), new CanvasCell(0, 0, 100, 100)) with
        {
            Faces =
            [
                new FaceAnnotation(new Box(10, 10, 20, 20)) { Landmarks = points },
                new FaceAnnotation(new Box(90, 10, 4, 4)) { Landmarks = points },
                new FaceAnnotation(new Box(120, 10, 20, 20)),
            ],
        };
        var landmarks = new List<FaceLandmarks?>();

        CanvasFaces.Sort([whole], Options, landmarks).Faces.Count.ShouldBe(2);

        landmarks.ShouldBe([points.Scale(0.5f, 0.5f), null]);
    }

    [Fact]
    public void whole_faces_are_learnt() => Check(new Box(10, 10, 20, 30), [new Box(10, 10, 20, 30)], []);

    [Fact]
    public void a_face_mostly_in_sight_keeps_its_whole_box() =>
        Check(new Box(-3, 10, 10, 10), [new Box(-3, 10, 10, 10)], []);

    [Fact]
    public void a_mostly_hidden_face_is_ignored_where_it_is_visible() =>
        Check(new Box(-5, 10, 10, 10), [], [new Box(0, 10, 5, 10)]);

    [Fact]
    public void a_hidden_face_is_left_out() => Check(new Box(-9.9f, 10, 10, 10), [], []);

    [Fact]
    public void tiny_faces_are_ignored()
    {
        Check(new Box(10, 10, 3, 4.75f), [], [new Box(10, 10, 3, 4.75f)]);
        Check(new Box(10, 10, 3, 5), [new Box(10, 10, 3, 5)], []);
    }

    [Fact]
    public void invalid_faces_are_ignored()
    {
        var placement = Shown(new Box(0, 0, 100, 100), new CanvasCell(0, 0, 100, 100), new Box(10, 10, 20, 20));
        var invalid = placement with { Faces = [new FaceAnnotation(new Box(10, 10, 20, 20), Invalid: true)] };

        var (faces, ignored) = CanvasFaces.Sort([invalid], Options);

        faces.ShouldBeEmpty();
        ignored.ShouldBe([new Box(10, 10, 20, 20)]);
    }

    [Fact]
    public void a_placement_above_hides_faces()
    {
        var below = Shown(
            new Box(0, 0, 100, 100),
            new CanvasCell(0, 0, 100, 100),
            new Box(0, 0, 20, 20), new Box(45, 0, 20, 20), new Box(38, 0, 20, 20), new Box(60, 0, 20, 20));
        var above = Shown(new Box(0, 0, 50, 100), new CanvasCell(50, 0, 50, 100));

        var (faces, ignored) = CanvasFaces.Sort([below, above], Options);

        faces.ShouldBe([new Box(0, 0, 20, 20), new Box(38, 0, 20, 20)]);
        ignored.ShouldBe([new Box(45, 0, 20, 20)]);
    }

    private static void Check(Box face, Box[] learnt, Box[] ignored)
    {
        var whole = Shown(new Box(0, 0, 100, 100), new CanvasCell(0, 0, 100, 100), face);
        var sorted = CanvasFaces.Sort([whole], Options);
        sorted.Faces.ShouldBe(learnt);
        sorted.Ignored.ShouldBe(ignored);
    }

    private static Placement Shown(Box window, CanvasCell cell, params Box[] faces) =>
        new(new Picture(200, 200), [.. faces.Select(face => new FaceAnnotation(face))], window, cell, false);
}
