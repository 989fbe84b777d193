using FaceLoupe.Cli.Annotation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Cli.Tests.Annotation;

public class FaceMarkerTests
{
    [Fact]
    public void a_tiny_face_gets_a_frame_of_one_pixel_around_it_and_no_label()
    {
        var marked = FaceMarker.Mark(new Picture(40, 40), [FaceAt(new Box(10, 12, 8, 9))]);

        Coloured(marked).ShouldBe((8 + 2) * (9 + 2) - (8 * 9));
        marked.Pixels[marked.OffsetOf(9, 11)].ShouldNotBe((byte)0);
        marked.Pixels[marked.OffsetOf(18, 21)].ShouldNotBe((byte)0);
        marked.Pixels[marked.OffsetOf(10, 12)].ShouldBe((byte)0);
        marked.Pixels[marked.OffsetOf(17, 20)].ShouldBe((byte)0);
    }

    [Fact]
    public void the_picture_given_stays_as_it_was()
    {
        var picture = new Picture(40, 40);
        FaceMarker.Mark(picture, [FaceAt(new Box(10, 12, 8, 9))]);
        Coloured(picture).ShouldBe(0);
    }

    [Fact]
    public void a_wide_face_is_labelled_with_its_score()
    {
        var box = new Box(10, 30, 40, 40);
        var marked = FaceMarker.Mark(new Picture(80, 80), [FaceAt(box)]);

        // Above the frame: a plate with dark digits in it.
        var plate = Enumerable.Range(0, 20).Select(x => marked.Pixels[marked.OffsetOf(10 + x, 24)]).ToArray();
        plate.ShouldContain((byte)0);
        plate.ShouldContain((byte)240);
    }

    // A face without a label would seem to have no score.
    [Fact]
    public void of_a_picture_all_faces_are_labelled_or_none()
    {
        Face wide = FaceAt(new Box(10, 30, 40, 40)), tiny = FaceAt(new Box(60, 60, 8, 8));
        int Plates(ScoreLabels labels, params Face[] faces) =>
            Coloured(FaceMarker.Mark(new Picture(100, 100), faces, labels))
            - Coloured(FaceMarker.Mark(new Picture(100, 100), faces, ScoreLabels.Never));

        Plates(ScoreLabels.Auto, wide).ShouldBeGreaterThan(50);
        Plates(ScoreLabels.Auto, wide, tiny).ShouldBe(0);
        Plates(ScoreLabels.Always, wide, tiny).ShouldBeGreaterThan(Plates(ScoreLabels.Always, wide) + 50);
    }

    [Theory]
    [InlineData(10, 2, 40, 40, 42)] // at the upper edge: below the face
    [InlineData(10, 30, 40, 40, 20)]
    public void a_label_lies_beside_its_face(float x, float y, float width, float height, int top)
    {
        var marked = FaceMarker.Mark(new Picture(80, 80), [FaceAt(new Box(x, y, width, height))], ScoreLabels.Always);

        // Nothing is drawn over the face.
        for (var row = (int)y; row < y + height; row++)
        {
            marked.Pixels.AsSpan(marked.OffsetOf((int)x, row), 3 * (int)width).IndexOfAnyExcept((byte)0).ShouldBe(-1);
        }

        Enumerable.Range(0, 9).ShouldContain(i => marked.Pixels[marked.OffsetOf(14, top + i)] == 240);
    }

    [Theory]
    [InlineData(-5, -5, 12, 12)]
    [InlineData(0, 0, 64, 48)]
    [InlineData(60, 40, 30, 30)]
    [InlineData(20, 20, 0.2f, 0.2f)]
    public void faces_at_the_edges_and_specks_are_drawn_without_a_fault(float x, float y, float width, float height) =>
        FaceMarker.Mark(new Picture(64, 48), [FaceAt(new Box(x, y, width, height))], ScoreLabels.Always).Width.ShouldBe(
            64);

    [Fact]
    public void lines_grow_with_the_picture_and_get_a_dark_rim()
    {
        var white = new Picture(3200, 100);
        Array.Fill(white.Pixels, (byte)255);

        var marked = FaceMarker.Mark(white, [FaceAt(new Box(100, 40, 20, 20))]);

        marked.Pixels[marked.OffsetOf(95, 50)].ShouldBe((byte)240);
        marked.Pixels[marked.OffsetOf(94, 50)].ShouldBe((byte)0);
        marked.Pixels[marked.OffsetOf(93, 50)].ShouldBe((byte)255);
    }

    private static Face FaceAt(Box box) => new(box, 2, new Proposal(box, 1), 3);

    private static int Coloured(Picture picture) =>
        Enumerable.Range(0, picture.Width * picture.Height).Count(i => picture.Pixels[3 * i] != 0);
}
