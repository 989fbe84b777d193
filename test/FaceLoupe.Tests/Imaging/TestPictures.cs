using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

internal static class TestPictures
{
    private const int CellSide = 16; // A whole JPEG block, so that even JPEG keeps the colours.

    private static readonly (byte Red, byte Green, byte Blue)[] CellColours =
        [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (16, 32, 64)];

    /// <summary>48 x 32 px of 3 x 2 cells, each of another colour: no turn or flip of it looks like another.</summary>
    public static Picture Cells() =>
        Make(3 * CellSide, 2 * CellSide, (x, y) => CellColours[(y / CellSide * 3) + (x / CellSide)]);

    public static Picture Make(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < width * height; i++)
        {
            (picture.Pixels[3 * i], picture.Pixels[(3 * i) + 1], picture.Pixels[(3 * i) + 2]) = colour(
                i % width, i / width);
        }

        return picture;
    }

    public static byte[] ReferenceBytes(string name) => File.ReadAllBytes(ReferencePath(name));

    public static string ReferencePath(string name) =>
        RepositoryRoot.Combine("test", "FaceLoupe.Tests", "Imaging", "Reference", name);

    /// <summary>
    /// Compares with the cells, away from their borders, across which lossy formats blur the colours.
    /// </summary>
    public static void ShouldShowCells(this Picture actual, int tolerance = 6) =>
        actual.ShouldBeNear(Cells(), tolerance, border: 2);

    public static void ShouldBeNear(this Picture actual, Picture expected, int tolerance, int border = 0)
    {
        (actual.Width, actual.Height).ShouldBe((expected.Width, expected.Height));
        for (var i = 0; i < expected.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % expected.Width, i / 3 / expected.Width);
            if (IsInside(x, border) && IsInside(y, border))
            {
                Math.Abs(actual.Pixels[i] - expected.Pixels[i]).ShouldBeLessThanOrEqualTo(
                    tolerance, $"pixel {x},{y} channel {i % 3}");
            }
        }
    }

    private static bool IsInside(int position, int border) =>
        position % CellSide >= border && position % CellSide < CellSide - border;
}
