using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Tests;

/// <summary>
/// The hand-made model test/fixtures/tiny-bundle and images for it. It takes white squares on black for faces, of
/// 8, 16 or 32 px at suitable positions; its second stage rejects cyan squares and moves boxes by a twentieth of
/// their width to the right. How it is made: test/FaceLoupe.Training.Tests/Fixtures/TinyBundle.cs.
/// </summary>
internal static class TinyModel
{
    public static readonly (byte Red, byte Green, byte Blue) White = (255, 255, 255);
    public static readonly (byte Red, byte Green, byte Blue) Cyan = (0, 255, 255);

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", "tiny-bundle");

    /// <summary>The same model with landmarks, which lie where those of a usual face do in every proposal.</summary>
    public static string LandmarksFolder { get; } =
        Path.Combine(AppContext.BaseDirectory, "fixtures", "tiny-landmarks");

    /// <summary>Where it puts them, as shares of the proposal from its centre.</summary>
    public static FaceLandmarks LandmarkShares { get; } = new(
        new(-0.2f, -0.12f), new(0.2f, -0.12f), new(0, 0.08f), new(-0.16f, 0.24f), new(0.16f, 0.24f));

    public static ModelBundle Open() => ModelBundle.Open(Folder, threads: 1);

    /// <summary>A square that the model's anchors fit exactly: the n-th position across and down.</summary>
    public static Box Square(int side, int column, int row) =>
        new((column * side / 2) - (side / 4), (row * side / 2) - (side / 4), side, side);

    /// <summary>A black image with squares in it.</summary>
    public static Picture Scene(int width, int height,
        params (Box Box, (byte Red, byte Green, byte Blue) Colour)[] squares)
    {
        var picture = new Picture(width, height);
        foreach (var (box, (red, green, blue)) in squares)
        {
            for (var y = (int)box.Y; y < box.Bottom; y++)
            {
                for (var x = (int)box.X; x < box.Right; x++)
                {
                    var at = picture.OffsetOf(x, y);
                    (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]) = (red, green, blue);
                }
            }
        }

        return picture;
    }

    /// <summary>A copy of the bundle in a folder of its own, to be spoilt.</summary>
    public static DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("faceloupe-model-");
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        return copy;
    }

    public static void ShouldBeNear(this Box actual, Box expected, float tolerance = 0.01f)
    {
        actual.X.ShouldBe(expected.X, tolerance, $"{actual} against {expected}");
        actual.Y.ShouldBe(expected.Y, tolerance, $"{actual} against {expected}");
        actual.Width.ShouldBe(expected.Width, tolerance, $"{actual} against {expected}");
        actual.Height.ShouldBe(expected.Height, tolerance, $"{actual} against {expected}");
    }
}
