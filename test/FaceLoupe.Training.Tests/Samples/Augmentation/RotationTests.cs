using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples.Augmentation;

public class RotationTests
{
    private const int Size = 128;

    [Fact]
    public void without_a_chance_there_is_no_rotation_and_no_random_draw()
    {
        var random = new SampleRandom(1, 1);

        Rotation.Draw(0, 25, random).Degrees.ShouldBe(0);

        random.NextDouble().ShouldBe(new SampleRandom(1, 1).NextDouble());
    }

    [Fact]
    public void angles_lie_to_both_sides_up_to_the_largest()
    {
        var angles = Enumerable.Range(0, 400).Select(i => Rotation.Draw(1, 25, new SampleRandom(3, i)).Degrees)
            .ToList();

        angles.ShouldAllBe(angle => Math.Abs(angle) <= 25);
        angles.Max().ShouldBeGreaterThan(22);
        angles.Min().ShouldBeLessThan(-22);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(8)]
    public void a_painted_face_lies_in_its_turned_box(double degrees)
    {
        var face = new Box(70, 24, 18, 24);
        var canvas = Ellipse(face);
        var rotation = new Rotation(degrees);

        var turned = rotation.Apply(canvas);
        var box = rotation.Apply([face], [], Size, 0.6).Faces.ShouldHaveSingleItem();

        var seen = Bounds(turned);
        Overlap.IoU(seen, box).ShouldBeGreaterThan(0.9f);
        Overlap.IoU(seen, face).ShouldBeLessThan(0.8f);
    }

    [Fact]
    public void landmarks_rotate_with_their_face_and_are_dropped_with_it()
    {
        var (face, gone) = (new Box(70, 24, 18, 24), new Box(0, 0, 14, 18));
        var points = FaceLandmarks.Of([73, 30, 85, 30, 79, 36, 75, 42, 83, 42]);
        var landmarks = new List<FaceLandmarks?> { null, points };
        var rotation = new Rotation(25);

        var turned = rotation.Apply([gone, face], [], Size, 0.9, landmarks).Faces.ShouldHaveSingleItem();

        // The middle of the face stays in the middle, and the left eye goes where a dot on it goes.
        var moved = landmarks.ShouldHaveSingleItem()!;
        Math.Abs(moved.Points.Average(point => point.X) - turned.CenterX).ShouldBeLessThan(1);
        var dot = Bounds(rotation.Apply(Ellipse(new Box(71, 28, 4, 4))));
        moved.LeftEye.X.ShouldBe(dot.CenterX, 1f);
        moved.LeftEye.Y.ShouldBe(dot.CenterY, 1f);
    }

    [Fact]
    public void no_corner_of_the_turned_canvas_is_empty()
    {
        var canvas = new Picture(Size, Size);
        canvas.Pixels.AsSpan().Fill(200);

        new Rotation(25).Apply(canvas).Pixels.ShouldAllBe(value => value == 200);
    }

    [Fact]
    public void a_face_turned_out_of_the_canvas_is_ignored_or_gone()
    {
        var (faces, ignored) = new Rotation(25).Apply([new Box(8, 8, 14, 18), new Box(0, 0, 4, 5)], [], Size, 0.6);

        faces.ShouldBeEmpty();
        ignored.ShouldAllBe(box => box.X >= 0 && box.Y >= 0 && box.Right <= Size && box.Bottom <= Size);
    }

    private static Picture Ellipse(Box face)
    {
        var canvas = new Picture(Size, Size);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var dx = (x + 0.5 - face.CenterX) / (face.Width / 2);
                var dy = (y + 0.5 - face.CenterY) / (face.Height / 2);
                if ((dx * dx) + (dy * dy) <= 1)
                {
                    canvas.Pixels.AsSpan(canvas.OffsetOf(x, y), 3).Fill(255);
                }
            }
        }

        return canvas;
    }

    private static Box Bounds(Picture picture)
    {
        int left = Size, top = Size, right = 0, bottom = 0;
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (picture.Pixels[picture.OffsetOf(x, y)] > 127)
                {
                    (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
                    (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
                }
            }
        }

        return Box.FromCorners(left, top, right, bottom);
    }
}
