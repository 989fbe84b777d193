using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests.Anonymising;

public class AnonymiserTests
{
    private static readonly MaskOptions Black = new() { Kind = MaskKind.Solid, Shape = MaskShape.Box };
    private static readonly Box Place = Square(16, 2, 3);

    [Fact]
    public void one_that_is_loaded_chooses_its_threshold_as_the_model_was_measured()
    {
        using var anonymiser = Anonymiser.Load(Folder, new MaskOptions { Kind = MaskKind.Solid });
        using var bundle = Open();
        using var detector = new FaceLoupeDetector(
            bundle, new DetectorOptions { MinScore = ThresholdChoice.Of(bundle.Manifest).Threshold });
        var picture = Scene(60, 60, (Square(16, 3, 3), White));

        anonymiser.Threshold.ShouldBe(ThresholdChoice.Of(bundle.Manifest));
        anonymiser.Anonymise(picture).Regions
            .ShouldBe(new Anonymiser(detector, new MaskOptions { Kind = MaskKind.Solid }).Anonymise(picture).Regions);
        anonymiser.Anonymise(picture).Regions.ShouldNotBeEmpty();

        using var given = Anonymiser.Load(Folder, options: new DetectorOptions { MinScore = 0.9f });
        given.Threshold!.Threshold.ShouldBe(0.9f);
        Should.Throw<FaceLoupeException>(() => Anonymiser.Load(Folder, targetRecall: 0.999f));
        Should.Throw<ArgumentException>(() =>
            Anonymiser.Load(Folder, targetRecall: 0.9f, options: new DetectorOptions { MinScore = 0.9f }));

        anonymiser.Dispose();
        Should.Throw<ObjectDisposedException>(() => anonymiser.Anonymise(picture));
    }

    [Fact]
    public void what_the_detector_finds_is_hidden_in_a_copy()
    {
        using var bundle = Open();
        using var detector = new FaceLoupeDetector(bundle);
        var picture = Scene(100, 90, (Place, White), (Square(16, 7, 6), Cyan));
        byte[] before = [.. picture.Pixels];

        var result = new Anonymiser(detector, Black).Anonymise(picture);

        picture.Pixels.ShouldBe(before);
        var region = result.Regions.ShouldHaveSingleItem();
        region.Box.ShouldBeNear(Place.Translate(0.8f, 0));
        region.Carried.ShouldBeFalse();
        region.Score.ShouldBeGreaterThan(0.5f);
        Brightest(result.Picture, Place).ShouldBe(0);
        Brightest(result.Picture, Square(16, 7, 6)).ShouldBe(255);
    }

    [Fact]
    public void frames_in_which_the_detector_fails_are_masked_from_their_neighbours()
    {
        var frames = Enumerable.Range(0, 7).Select(_ => Scene(60, 60, (Place, White)));
        var call = 0;
        var anonymiser = new Anonymiser(
            (_, name, _) => name == "clip" && call++ is 2 or 5 ? [new FaceRegion(Place, 0.7f)] : [], Black);

        var result = anonymiser.Anonymise(frames, "clip", carry: 2).ToArray();

        result.Length.ShouldBe(7);
        result.ShouldAllBe(frame => frame.Regions.Count == 1 && Brightest(frame.Picture, Place) == 0);
        result.Select(frame => frame.Regions[0].Carried).ShouldBe([true, true, false, true, true, false, true]);
    }

    [Fact]
    public void frames_come_one_at_a_time()
    {
        var made = 0;
        IEnumerable<Picture> Endless()
        {
            while (true)
            {
                made++;
                yield return new Picture(8, 8);
            }
        }

        new Anonymiser((_, _, _) => []).Anonymise(Endless(), carry: 3).Take(10).Count().ShouldBe(10);

        made.ShouldBeLessThanOrEqualTo(13);
    }

    [Fact]
    public void cancelling_reaches_the_detector()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var bundle = Open();
        using var detector = new FaceLoupeDetector(bundle);
        Should.Throw<OperationCanceledException>(() =>
            new Anonymiser(detector).Anonymise(Scene(60, 60), cancellationToken: cancelled.Token));
    }

    private static int Brightest(Picture picture, Box box) =>
        (from y in Enumerable.Range((int)box.Y, (int)box.Height)
         from x in Enumerable.Range((int)box.X, (int)box.Width)
         select (int)picture.Pixels[picture.OffsetOf(x, y) + 1]).Max();
}
