using CsCheck;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

internal static class Boxes
{
    /// <summary>Boxes of 1 to 200 px in and around an image of a thousand.</summary>
    public static Gen<Box> Any { get; } = Gen.Select(
        Gen.Float[-100, 1000], Gen.Float[-100, 1000], Gen.Float[1, 200], Gen.Float[1, 200])
        .Select((x, y, width, height) => new Box(x, y, width, height));

    /// <summary>Boxes close enough to each other that many overlap.</summary>
    public static Gen<Box> Crowded { get; } = Gen.Select(
        Gen.Float[0, 60], Gen.Float[0, 60], Gen.Float[5, 40], Gen.Float[5, 40])
        .Select((x, y, width, height) => new Box(x, y, width, height));

    public static void ShouldBeNear(this Box actual, Box expected, float tolerance)
    {
        actual.X.ShouldBe(expected.X, tolerance);
        actual.Y.ShouldBe(expected.Y, tolerance);
        actual.Width.ShouldBe(expected.Width, tolerance);
        actual.Height.ShouldBe(expected.Height, tolerance);
    }
}
