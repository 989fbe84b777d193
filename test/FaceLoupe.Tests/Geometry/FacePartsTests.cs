using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class FacePartsTests
{
    private static readonly Box Face = new(100, 100, 80, 100);
    private static readonly Box Eye = new(120, 130, 20, 20);

    [Fact]
    public void an_eye_within_a_face_goes_however_sure() =>
        FaceParts.Without([Eye, Face], [5, 1], 0.8f).ShouldBe([1]);

    [Fact]
    public void what_lies_within_something_that_is_hardly_a_face_stays() =>
        FaceParts.Without([Eye, Face], [5, -1], 0.8f).ShouldBe([0, 1]);

    [Theory]
    [InlineData(90, 130)] // half outside
    [InlineData(300, 300)]
    public void a_small_face_beside_a_large_one_stays(float x, float y) =>
        FaceParts.Without([Face, Eye with { X = x, Y = y }], [2, 1], 0.8f).ShouldBe([0, 1]);

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(2, 1.5f, true)] // nearly as sure
    [InlineData(0.5f, -1, true)] // in what may not be a face itself
    public void a_box_of_half_the_size_within_a_surer_face_goes(float face, float box, bool stays) =>
        FaceParts.Without([Face, new Box(110, 110, 55, 70)], [face, box], 0.8f).ShouldBe(stays ? [0, 1] : [0]);

    [Theory]
    [InlineData(4, 4, false)] // nine tenths of it lie within one or the other
    [InlineData(4, 0, true)]
    public void a_box_between_two_surer_faces_that_touch_goes(float left, float right, bool stays) =>
        FaceParts.Without([Face, Face with { X = 184 }, Face with { X = 142 }], [left, right, 1], 0.8f)
            .ShouldBe(stays ? [0, 1, 2] : [0, 1]);

    [Fact]
    public void nothing_has_no_parts() => FaceParts.Without([], [], 0.8f).ShouldBeEmpty();
}
