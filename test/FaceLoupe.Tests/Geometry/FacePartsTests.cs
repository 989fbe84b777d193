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

    [Fact]
    public void a_face_of_half_the_size_within_another_is_no_part() =>
        FaceParts.Without([Face, new Box(110, 110, 55, 70)], [2, 1], 0.8f).ShouldBe([0, 1]);

    [Fact]
    public void nothing_has_no_parts() => FaceParts.Without([], [], 0.8f).ShouldBeEmpty();
}
