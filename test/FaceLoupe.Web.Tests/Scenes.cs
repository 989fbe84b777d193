using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Web.Tests;

/// <summary>Images for the tiny model: three white squares, its faces, and a cyan one that is none.</summary>
internal static class Scenes
{
    public const int Width = 200;
    public const int Height = 150;

    public static readonly Box Small = Square(8, 5, 6);
    public static readonly Box Medium = Square(16, 8, 3);
    public static readonly Box Large = Square(32, 8, 3);
    private static readonly Box Fake = Square(16, 5, 12);

    public static Picture Crowd { get; } =
        Scene(Width, Height, (Small, White), (Medium, White), (Large, White), (Fake, Cyan));

    public static byte[] CrowdPng { get; } = PictureFile.Encode(Crowd, PictureFormat.Png);

    public static byte[] Empty { get; } = PictureFile.Encode(new Picture(64, 48), PictureFormat.Png);

    /// <summary>What the tiny model's second stage makes of a square.</summary>
    public static Box Moved(this Box square) => square.Translate(square.Width / 20, 0);
}
