using System.Text.Json;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>A folder of images to train on: pale discs with eyes and a mouth on a dark, grainy ground.</summary>
internal sealed class PaintedFaces : IDisposable
{
    private static readonly (byte, byte, byte) Dark = (60, 20, 30);
    private static readonly (byte, byte, byte) Skin = (230, 190, 170);
    private readonly TemporaryFolder folder = new();

    public PaintedFaces(int pictures = 4)
    {
        var annotated = new List<AnnotatedPicture>();
        for (var i = 0; i < pictures; i++)
        {
            var name = $"{i}.png";
            Box[] faces =
            [
                new(10 + (6 * i), 12, 36, 36), new(80, 50 + (5 * i), 44, 44), new(140, 20, 24 + (2 * i), 24 + (2 * i)),
            ];
            PictureFile.Write(Paint(faces, i), folder.Of("images", name));
            annotated.Add(new AnnotatedPicture(name, "", [.. faces.Select(face => new FaceAnnotation(face))]));
        }

        WiderFaceDataset.Write(folder.Of("bbx_gt.txt"), annotated);
    }

    /// <summary>A value for <c>--set data=</c>.</summary>
    public string SourceList => JsonSerializer.Serialize(new[] { new { folder = folder.Path } });

    /// <summary>The folder, with images/ and bbx_gt.txt.</summary>
    public string Folder => folder.Path;

    public string FirstPicture => folder.Of("images", "0.png");

    public CanvasSampler Sampler(TrainingConfig config)
    {
        var source = new CanvasSource(WiderFaceDataset.Open(folder.Path), 1, UnlabelledFacesLikely: false);
        return new CanvasSampler([source], config.Canvas, config.Seed);
    }

    public static Picture Paint(IReadOnlyList<Box> faces, int seed, int width = 180, int height = 120)
    {
        var random = new SampleRandom((ulong)seed, 0);
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var grain = (byte)random.NextInt(60);
                var colour = faces.Select(face => ColourOf(face, x + 0.5f, y + 0.5f)).FirstOrDefault(c => c is not null)
                    ?? ((byte)(30 + grain), (byte)(50 + random.NextInt(60)), (byte)(40 + (grain / 2)));
                var offset = picture.OffsetOf(x, y);
                (picture.Pixels[offset], picture.Pixels[offset + 1], picture.Pixels[offset + 2]) = colour;
            }
        }

        return picture;
    }

    public void Dispose() => folder.Dispose();

    private static (byte, byte, byte)? ColourOf(Box face, float x, float y)
    {
        // -1 to 1 within the face.
        var (u, v) = (2 * (x - face.CenterX) / face.Width, 2 * (y - face.CenterY) / face.Height);
        var isEye = Math.Pow(Math.Abs(u) - 0.4, 2) + Math.Pow(v + 0.3, 2) < 0.03;
        var isMouth = Math.Abs(u) < 0.45 && Math.Abs(v - 0.5) < 0.1;
        if ((u * u) + (v * v) > 1)
        {
            return null;
        }

        return isEye || isMouth ? Dark : Skin;
    }
}
