using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples;

/// <summary>
/// Images of grey ground whose "faces" are magenta rectangles, so that a box can be checked by its pixels.
/// </summary>
internal sealed class PaintedPictures : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("faceloupe-").FullName;
    private readonly List<AnnotatedPicture> annotated = [];

    /// <summary>Twelve images with three faces each, and four of a green ground without any.</summary>
    public PaintedPictures()
    {
        for (var i = 0; i < 12; i++)
        {
            var picture = Ground(400 + (20 * i), 300, 100, 100, 100);
            Box[] faces =
            [
                new Box(30 + (5 * i), 20, 40, 50), new Box(160, 60 + (7 * i), 60, 60), new Box(280, 180, 24 + i, 30),
            ];
            faces.ToList().ForEach(face => Paint(picture, face));
            PictureFile.Write(picture, Path.Combine(root, "faces", "images", $"{i}.png"));
            annotated.Add(new AnnotatedPicture($"{i}.png", "", [.. faces.Select(face => new FaceAnnotation(face))]));
        }

        WiderFaceDataset.Write(Path.Combine(root, "faces", "bbx_gt.txt"), annotated);
        for (var i = 0; i < 4; i++)
        {
            PictureFile.Write(Ground(300, 200 + (40 * i), 40, 160, 40), Path.Combine(root, "ground", $"{i}.png"));
        }
    }

    public CanvasSource Faces(bool unlabelledFacesLikely = false) =>
        new(WiderFaceDataset.Open(Path.Combine(root, "faces")), 1, unlabelledFacesLikely);

    public CanvasSource Background() =>
        new(AnnotatedFolder.OpenWithoutFaces(Path.Combine(root, "ground")), 1, UnlabelledFacesLikely: false);

    public CanvasSampler Sampler(CanvasOptions options, ulong seed = 1) => new([Faces(), Background()], options, seed);

    /// <summary>Options under which a canvas keeps its pixels: neither light nor degradation.</summary>
    public static CanvasOptions Untouched => new()
    {
        Size = 128,
        UpsampledShare = 0,
        MirrorChance = 0,
        Photometry = new PhotometryOptions { LightChance = 0, GrayscaleChance = 0 },
        Degradation = new DegradationOptions { BlurChance = 0, NoiseChance = 0, JpegChance = 0 },
    };

    /// <summary>Whether a pixel is clearly of a face: far more red than green.</summary>
    public static bool IsFace(Picture picture, int x, int y)
    {
        var offset = picture.OffsetOf(x, y);
        return picture.Pixels[offset] - picture.Pixels[offset + 1] > 100;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static Picture Ground(int width, int height, byte red, byte green, byte blue)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Pixels.Length; i += 3)
        {
            (picture.Pixels[i], picture.Pixels[i + 1], picture.Pixels[i + 2]) = (red, green, blue);
        }

        return picture;
    }

    private static void Paint(Picture picture, Box box)
    {
        for (var y = (int)box.Y; y < box.Bottom; y++)
        {
            for (var x = (int)box.X; x < box.Right; x++)
            {
                var offset = picture.OffsetOf(x, y);
                (picture.Pixels[offset], picture.Pixels[offset + 1], picture.Pixels[offset + 2]) = (230, 20, 230);
            }
        }
    }
}
