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
        Should.Throw<FaceLoupeException>(() =>
            Anonymiser.Load(Folder, targetRecall: 0.9f, options: new DetectorOptions { MinScore = 0.9f }));

        anonymiser.Dispose();
        Should.Throw<ObjectDisposedException>(() => anonymiser.Anonymise(picture));
    }

    [Fact]
    public void loaded_or_made_of_a_detector_or_a_model_the_threshold_goes_by_one_rule()
    {
        using var bundle = Open();
        foreach (var stages in Enum.GetValues<DetectionStages>())
        {
            var options = new DetectorOptions { Stages = stages };
            var expected = ThresholdChoice.Of(bundle.Manifest, new AnonymiserOptions { Stages = stages });
            using var detector = new FaceLoupeDetector(bundle, options);
            using var loaded = Anonymiser.Load(Folder, options: options);

            loaded.Threshold.ShouldBe(expected);
            new Anonymiser(detector).Threshold.ShouldBe(expected);
            new Anonymiser(bundle, new AnonymiserOptions { Stages = stages }).Threshold.ShouldBe(expected);
        }

        var first = new DetectorOptions { Stages = DetectionStages.ProposalsOnly };
        Should.Throw<FaceLoupeException>(() => Anonymiser.Load(Folder, targetRecall: 0.9f, options: first))
            .Message.ShouldContain("both stages");
    }

    [Fact]
    public void one_whose_detector_is_gone_says_so()
    {
        using var bundle = Open();
        using var detector = new FaceLoupeDetector(bundle);
        var anonymiser = new Anonymiser(detector);
        detector.Dispose();
        Should.Throw<ObjectDisposedException>(() => anonymiser.Anonymise(Scene(60, 60)))
            .ObjectName.ShouldContain(nameof(FaceLoupeDetector));
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
    public void a_face_keeps_its_cells_in_all_frames_of_a_video()
    {
        // What lies under the mask changes; many frames would otherwise tell what one does not.
        var frames = Enumerable.Range(0, 6).Select(i =>
        {
            var frame = new Picture(60, 60);
            new Random(i).NextBytes(frame.Pixels);
            return frame;
        });
        var moved = 0;
        var anonymiser = new Anonymiser(
            (_, _, _) => [new FaceRegion(new Box(10 + moved++, 10, 20, 20), 0.9f)],
                new MaskOptions { Shape = MaskShape.Box });

        var result = anonymiser.Anonymise(frames, carry: 1).ToArray();

        var cells = result.Select((frame, i) => CellsOf(frame.Picture, new Box(10 + i, 10, 20, 20))).ToArray();
        cells.ShouldAllBe(frame => frame.SequenceEqual(cells[0]));
        cells[0].Distinct().Count().ShouldBeGreaterThan(1);

        static byte[] CellsOf(Picture frame, Box face) =>
        [
            .. from y in new[] { 0.25f, 0.75f }
               from x in new[] { 0.25f, 0.75f }
               let at = frame.OffsetOf((int)(face.X + (x * face.Width)), (int)(face.Y + (y * face.Height)))
               from c in Enumerable.Range(0, 3)
               select frame.Pixels[at + c],
        ];
    }

    [Fact]
    public void between_searched_frames_boxes_move_evenly()
    {
        var searched = 0;
        var anonymiser = new Anonymiser((_, _, _) => [new FaceRegion(Place.Translate(4 * searched++, 0), 0.9f)], Black);

        var result = anonymiser.Anonymise(
            Enumerable.Range(0, 9).Select(_ => new Picture(100, 60)), carry: 0, detectEvery: 4).ToArray();

        searched.ShouldBe(3);
        result.Select(frame => frame.Regions.ShouldHaveSingleItem().Box.X - Place.X)
            .ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8], 0.001f);
        result.Select(frame => frame.Regions[0].Carried)
            .ShouldBe([false, true, true, true, false, true, true, true, false]);
    }

    [Fact]
    public void a_detector_without_a_wish_masks_from_the_masking_threshold_on_and_one_with_a_wish_from_there()
    {
        using var bundle = Open();
        using var usual = new FaceLoupeDetector(bundle);
        using var asked = new FaceLoupeDetector(bundle, new DetectorOptions { MinScore = 0.7f });

        new Anonymiser(usual).Threshold.ShouldBe(ThresholdChoice.Of(bundle.Manifest));
        new Anonymiser(asked).Threshold!.Threshold.ShouldBe(0.7f);
        new Anonymiser(bundle).Threshold.ShouldBe(ThresholdChoice.Of(bundle.Manifest));
        new Anonymiser(bundle, new AnonymiserOptions { MinScore = 0.2f }).Threshold!.Threshold.ShouldBe(0.2f);
        Should.Throw<FaceLoupeException>(() => new Anonymiser(bundle, new AnonymiserOptions { TargetRecall = 0.9f }));
    }

    [Fact]
    public void faces_below_the_smallest_size_are_left()
    {
        using var bundle = Open();
        var picture = Scene(100, 90, (Place, White));
        new Anonymiser(bundle, new AnonymiserOptions { MinFace = 17 }).Anonymise(picture).Regions.ShouldBeEmpty();
        new Anonymiser(bundle, new AnonymiserOptions { MinFace = 8 }).Anonymise(picture).Regions.ShouldHaveSingleItem();
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
