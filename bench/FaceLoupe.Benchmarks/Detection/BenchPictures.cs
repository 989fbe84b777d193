using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>An image to be timed on.</summary>
internal sealed record BenchPicture(string Name, Picture Picture);

/// <summary>Images tiled from the sample (29 people), and images of crowds if the shared data are there.</summary>
internal sealed class BenchPictures(string samplePath, string sharedFolder)
{
    private const int CrowdSide = 320;

    private readonly Picture sample = PictureFile.Read(samplePath);

    /// <summary>The sample once, as wide as the image; about 29 faces.</summary>
    public BenchPicture Common => Tiled(1024, 768, 1024);

    /// <summary>About 50 faces on an image of common size.</summary>
    public BenchPicture Fifty => Tiled(1024, 768, 768);

    /// <summary>About 500 faces on an image of common size, each of about 8 px.</summary>
    public BenchPicture FiveHundred => Tiled(1024, 768, 256);

    /// <summary>Twelve megapixels.</summary>
    public BenchPicture Large => Tiled(4000, 3000, 2000);

    /// <summary>All of them; without the slow ones on request.</summary>
    public IEnumerable<BenchPicture> All(bool quick)
    {
        yield return Common;
        yield return Tiled(640, 480, 640);
        yield return Fifty;
        yield return FiveHundred;
        if (!quick)
        {
            yield return Large;
        }

        if (Crowd() is { } crowd)
        {
            yield return crowd;
        }
    }

    /// <summary>An image of any size, tiled with the sample shrunk or enlarged to a width.</summary>
    public BenchPicture Tiled(int width, int height, int tileWidth)
    {
        var tile = Resampler.Resize(sample, tileWidth, tileWidth * sample.Height / sample.Width);
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y += tile.Height)
        {
            for (var x = 0; x < width; x += tile.Width)
            {
                Paste(tile, picture, x, y);
            }
        }

        return new BenchPicture(FormattableString.Invariant($"{width}x{height}, sample at {tileWidth}"), picture);
    }

    private static void Paste(Picture tile, Picture picture, int left, int top)
    {
        var length = 3 * Math.Min(tile.Width, picture.Width - left);
        for (var y = 0; y < tile.Height && top + y < picture.Height; y++)
        {
            tile.Pixels.AsSpan(tile.OffsetOf(0, y), length).CopyTo(
                picture.Pixels.AsSpan(picture.OffsetOf(left, top + y)));
        }
    }

    // Six dense crowds side by side.
    private BenchPicture? Crowd()
    {
        var folder = Path.Combine(sharedFolder, "data", "crowd", "heads", "images");
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var picture = new Picture(3 * CrowdSide, 2 * CrowdSide);
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(6).ToArray();
        for (var i = 0; i < files.Length; i++)
        {
            var crowd = PictureFile.Read(files[i]);
            var whole = new Box(0, 0, crowd.Width, crowd.Height);
            Paste(Resampler.Crop(crowd, whole, CrowdSide, CrowdSide), picture, i % 3 * CrowdSide, i / 3 * CrowdSide);
        }

        return new BenchPicture("960x640, six dense crowds", picture);
    }
}
