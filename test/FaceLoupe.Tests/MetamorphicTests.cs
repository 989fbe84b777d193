using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Tests;

/// <summary>
/// What must not change what is found, on the default model and a part of the sample image. Faces that are confident
/// before are found after, in the same place and as surely, within the tolerance that each test states;
/// docs/reliability.md has what was measured.
/// </summary>
public sealed class MetamorphicTests : IDisposable
{
    // Faces nearer to the threshold may come and go.
    private const float Confident = 0.8f;

    private static readonly Box Part = new(150, 230, 320, 160);
    private static readonly string Folder = RepositoryRoot.Combine("models", ModelBundle.DefaultName);

    private readonly ModelBundle _bundle = ModelBundle.Open(Folder, threads: 1);
    private readonly Picture _picture = Resampler.Crop(
        PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927.jpg")),
        Part,
        (int)Part.Width,
        (int)Part.Height);

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void a_flipped_picture_has_the_same_faces()
    {
        var flipped = Map(_picture.Width, _picture.Height, (x, y) => (_picture.Width - 1 - x, y));
        Compare(
            Detect(_picture),
            Detect(flipped),
            0.8f,
            0.05f,
            box => new Box(_picture.Width - box.Right, box.Y, box.Width, box.Height));
    }

    [Fact]
    public void a_padded_picture_has_the_same_faces()
    {
        var padded = Map(_picture.Width + 64, _picture.Height + 32, (x, y) => (x, y));
        Compare(Detect(_picture), Detect(padded), 0.95f, 0.05f);
    }

    [Theory]
    [InlineData(PictureFormat.Png, 100, 1f, 0f)]
    [InlineData(PictureFormat.Jpeg, 90, 0.8f, 0.05f)]
    [InlineData(PictureFormat.Webp, 90, 0.8f, 0.05f)]
    public void a_picture_that_is_encoded_again_has_the_same_faces(
        PictureFormat format, int quality, float overlap, float score) =>
        Compare(
            Detect(_picture),
            Detect(PictureFile.Decode(PictureFile.Encode(_picture, format, quality), "a")),
            overlap,
            score);

    [Fact]
    public void tiles_have_the_same_faces_as_the_whole()
    {
        var tiled = _bundle.Manifest.Detection with { TileSize = 512 };
        Compare(Detect(_picture), Detect(_picture, new DetectorOptions { Detection = tiled }), 0.9f, 0.05f);
    }

    [Fact]
    public void a_face_alone_in_a_batch_is_judged_as_among_others() =>
        Compare(Detect(_picture), Detect(_picture, new DetectorOptions { BatchSize = 1 }), 1f, 1e-4f);

    [Fact]
    public void many_threads_find_what_one_finds()
    {
        using var many = ModelBundle.Open(Folder, threads: 4);
        Compare(Detect(_picture), Checked(_picture, new FaceLoupeDetector(many).Detect(_picture)), 1f, 1e-4f);
    }

    private Detections Detect(Picture picture, DetectorOptions? options = null) =>
        Checked(picture, new FaceLoupeDetector(_bundle, options ?? new DetectorOptions()).Detect(picture));

    // Through every stage: numbers, and nothing outside of the image.
    private static Detections Checked(Picture picture, Detections found)
    {
        foreach (var face in found)
        {
            float.IsFinite(face.Logit).ShouldBeTrue();
            float.IsFinite(face.Proposal.Logit).ShouldBeTrue();
            (face.Stage2Logit is not { } logit || float.IsFinite(logit)).ShouldBeTrue();
        }

        foreach (var box in found.Select(face => face.Box).Concat(found.Proposals.Select(proposal => proposal.Box)))
        {
            (box.X >= 0 && box.Y >= 0 && box.Right <= picture.Width && box.Bottom <= picture.Height)
                .ShouldBeTrue($"{box}");
            (box.Width > 0 && box.Height > 0).ShouldBeTrue($"{box}");
        }

        return found;
    }

    private static void Compare(
        Detections one, Detections other, float overlap, float score, Func<Box, Box>? back = null)
    {
        float worstOverlap = 1, worstScore = 0;
        var faces = one.Where(face => face.Score >= Confident).ToArray();
        faces.Length.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var face in faces)
        {
            float Shared(Face found) => Overlap.IoU(back?.Invoke(found.Box) ?? found.Box, face.Box);
            var twin = other.MaxBy(Shared).ShouldNotBeNull();
            worstOverlap = MathF.Min(worstOverlap, Shared(twin));
            worstScore = MathF.Max(worstScore, MathF.Abs((float)(twin.Score - face.Score)));
        }

        var reported = FormattableString.Invariant(
            $"{faces.Length} confident faces: overlap {worstOverlap:0.0000}, change of score {worstScore:0.00000}");
        TestContext.Current.TestOutputHelper?.WriteLine(reported);
        worstOverlap.ShouldBeGreaterThanOrEqualTo(overlap, reported);
        worstScore.ShouldBeLessThanOrEqualTo(score, reported);
    }

    // Beyond the image lies grey.
    private Picture Map(int width, int height, Func<int, int, (int X, int Y)> from)
    {
        var picture = new Picture(width, height);
        picture.Pixels.AsSpan().Fill(128);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = from(x, y);
                if (fromX < _picture.Width && fromY < _picture.Height)
                {
                    _picture.Pixels.AsSpan(_picture.OffsetOf(fromX, fromY), 3)
                        .CopyTo(picture.Pixels.AsSpan(picture.OffsetOf(x, y)));
                }
            }
        }

        return picture;
    }
}
