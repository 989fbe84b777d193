using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using SkiaSharp;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

/// <summary>The same image in every form an application may have it gives the same faces.</summary>
public sealed class DetectorInputTests : IDisposable
{
    private static readonly Picture Scene3 =
        Scene(200, 150, (Square(8, 5, 6), White), (Square(16, 8, 3), White), (Square(32, 8, 3), White));

    private static readonly byte[] Png = PictureFile.Encode(Scene3, PictureFormat.Png);

    private readonly ModelBundle _bundle = Open();
    private readonly FaceLoupeDetector _detector;
    private readonly string[] _expected;

    public DetectorInputTests()
    {
        _detector = new FaceLoupeDetector(_bundle);
        _expected = Texts(_detector.Detect(Scene3));
    }

    public void Dispose()
    {
        _detector.Dispose();
        _bundle.Dispose();
    }

    [Fact]
    public void the_result_is_a_list_of_faces()
    {
        var faces = _detector.Detect(Scene3);

        faces.Count.ShouldBe(3);
        faces[0].ShouldBe(faces.Faces[0]);
        faces.ToArray().ShouldBe([.. faces.Faces]);
        foreach (var face in faces)
        {
            face.Score.ShouldBeGreaterThan(0.5f);
        }
    }

    [Fact]
    public void a_file_in_memory_gives_the_same_faces()
    {
        var found = _detector.Detect(Png);

        Texts(found).ShouldBe(_expected);
        found.Times.Decode.ShouldBeGreaterThan(TimeSpan.Zero);
        Should.Throw<UnreadablePictureException>(() => _detector.Detect(Png.AsSpan(0, 100)))
            .Message.ShouldStartWith("the image in memory: ");
    }

    [Fact]
    public async Task a_stream_gives_the_same_faces_and_stays_open()
    {
        using var stream = new MemoryStream(Png);
        var found = _detector.Detect(stream);
        stream.Position = 0;
        var later = await _detector.DetectAsync(stream);

        Texts(found).ShouldBe(_expected);
        Texts(later).ShouldBe(_expected);
        found.Times.Decode.ShouldBeGreaterThan(TimeSpan.Zero);
        later.Times.Decode.ShouldBeGreaterThan(TimeSpan.Zero);
        stream.CanRead.ShouldBeTrue();
    }

    [Fact]
    public void raw_pixels_give_the_same_faces() =>
        Texts(_detector.Detect(Scene3.Pixels, 200, 150, PixelLayout.Rgb24)).ShouldBe(_expected);

    [Fact]
    public void skia_pictures_give_the_same_faces()
    {
        using var bitmap = SKBitmap.Decode(Png);
        using var image = SKImage.FromEncodedData(Png);

        Texts(_detector.Detect(bitmap)).ShouldBe(_expected);
        Texts(_detector.Detect(image)).ShouldBe(_expected);
    }

    [Fact]
    public async Task every_form_is_searched_in_the_background_too()
    {
        using var image = SKImage.FromEncodedData(Png);
        var bitmap = SKBitmap.Decode(Png);
        var pixels = Scene3.Pixels.ToArray();
        Task<Detections>[] tasks =
        [
            _detector.DetectAsync(Scene3), _detector.DetectAsync(Png), _detector.DetectAsync(Png.AsMemory()),
            _detector.DetectAsync(pixels, 200, 150, PixelLayout.Rgb24), _detector.DetectAsync(bitmap),
            _detector.DetectAsync(image),
        ];

        // What was copied is the caller's again.
        Array.Clear(pixels);
        bitmap.Dispose();
        foreach (var task in tasks)
        {
            Texts(await task).ShouldBe(_expected);
        }

        await Should.ThrowAsync<UnreadablePictureException>(() => _detector.DetectAsync(Png.AsMemory(0, 100)));
        Should.Throw<ArgumentException>(() => { _detector.DetectAsync(pixels, 200, 151, PixelLayout.Rgb24); });
    }

    // The name by which every .NET library calls it, and which named arguments are written with.
    [Fact]
    public void every_public_call_names_its_token_as_usual()
    {
        var tokens = typeof(FaceLoupeDetector).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.ParameterType == typeof(CancellationToken)
                && parameter.Member.Name != "Invoke")
            .ToArray();

        tokens.Length.ShouldBeGreaterThan(10);
        tokens.ShouldAllBe(parameter => parameter.Name == "cancellationToken");
    }

    [Fact]
    public async Task the_name_of_a_file_behind_a_stream_reaches_recorded_proposals()
    {
        var source = new RecordingSource();
        using var detector = new FaceLoupeDetector(_bundle, proposals: source);
        var path = Imaging.TestPictures.ReferencePath("cells.png");
        await using (var file = File.OpenRead(path))
        {
            detector.Detect(file);
        }

        await detector.DetectAsync(path);

        source.Asked.ShouldBe([path, path]);
    }

    [Fact]
    public async Task cancelled_calls_end_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => _detector.DetectAsync(Scene3, cancelled.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => _detector.DetectAsync("a.png", cancelled.Token));
        using var stream = new MemoryStream(Png);
        await Should.ThrowAsync<OperationCanceledException>(() => _detector.DetectAsync(stream, cancelled.Token));
        Should.Throw<OperationCanceledException>(() => _detector.Detect(Png, cancelled.Token));
    }

    private static string[] Texts(Detections found) =>
        [.. found.Faces.Select(face => FormattableString.Invariant($"{face.Box} {face.Logit:0.000}"))];

    private sealed class RecordingSource : IProposalSource
    {
        public List<string> Asked { get; } = [];

        public IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken)
        {
            Asked.Add(name);
            return [];
        }
    }
}
