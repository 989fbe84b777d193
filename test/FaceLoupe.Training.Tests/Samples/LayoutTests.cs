using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class LayoutTests : IDisposable
{
    private readonly PaintedPictures pictures = new();

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void a_crowd_tiles_the_canvas_without_gap_or_overlap()
    {
        var crowd = new CrowdLayout(Sources());
        Gen.Select(Gen.Int[16, 100], Gen.Double[1, 10], Gen.Long).Sample(
            (half, shrink, index) =>
            {
                var options = new CanvasOptions { Size = 2 * half };
                var owners = new int[options.Size, options.Size];
                foreach (var placement in crowd.Draw(options, shrink, new SampleRandom(3, index)))
                {
                    CheckWindow(placement);
                    var cell = placement.Cell;
                    for (var y = cell.Y; y < cell.Bottom; y++)
                    {
                        for (var x = cell.X; x < cell.Right; x++)
                        {
                            owners[y, x]++;
                        }
                    }
                }

                owners.Cast<int>().ShouldAllBe(count => count == 1);
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void a_single_picture_shows_its_face_at_a_size_within_the_limits()
    {
        var sources = Sources();
        var single = new SingleLayout(sources, new CrowdLayout(sources));
        var options = new CanvasOptions { Size = 192, MinFace = 8, MaxFace = 100 };
        var sides = new List<float>();
        for (var i = 0; i < 300; i++)
        {
            var placement = single.DrawFace(options, new SampleRandom(5, i))[^1];
            CheckWindow(placement);
            var scale = placement.Cell.Width / placement.Window.Width;
            scale.ShouldBeLessThanOrEqualTo(2.001f);

            // Never distorted: both axes have the same scale.
            (placement.Cell.Height / placement.Window.Height).ShouldBe(scale, 0.001f);
            var (faces, _) = CanvasFaces.Sort([placement], options);
            sides.AddRange(faces.Where(face => face.X >= 0 && face.Y >= 0).Select(face => face.LongerSide));
        }

        sides.Count.ShouldBeGreaterThan(300);
        sides.Order().ElementAt(sides.Count / 2).ShouldBeInRange(12, 40);
        sides.Count(side => side < 12).ShouldBeGreaterThan(20);
        sides.Count(side => side > 60).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void a_close_up_shows_a_face_larger_than_others_or_its_surroundings()
    {
        var sources = Sources();
        var single = new SingleLayout(sources, new CrowdLayout(sources));
        var options = new CanvasOptions { Size = 128, MaxFace = 60, CloseUpChance = 1 };
        var sides = new List<float>();
        var visible = new List<float>();
        for (var i = 0; i < 300; i++)
        {
            var placement = single.DrawFace(options, new SampleRandom(5, i))[^1];
            CheckWindow(placement);
            var face = placement.Faces.Select(annotation => annotation.Box).MaxBy(box => box.LongerSide);
            sides.Add(face.LongerSide * placement.Cell.Width / placement.Window.Width);
            visible.Add(Overlap.Coverage(face, placement.Window));
        }

        sides.ShouldAllBe(side => side > 59 && side < 241); // the largest painted face has 60 px
        sides.Count(side => side > 120).ShouldBeInRange(120, 180);
        visible.Count(share => share == 0).ShouldBeLessThan(60);
        visible.Count(share => share is > 0.1f and < 0.6f).ShouldBeGreaterThan(60);
    }

    [Fact]
    public void a_window_lies_anywhere_and_shows_faces_at_all_sizes_in_part_or_none()
    {
        var sources = Sources();
        var single = new SingleLayout(sources, new CrowdLayout(sources));
        var options = new CanvasOptions { Size = 128, MaxFace = 60 };
        var sides = new List<float>();
        var canvases = new List<float[]>();
        for (var i = 0; i < 300; i++)
        {
            var placement = single.DrawWindow(options, new SampleRandom(5, i)).ShouldHaveSingleItem();
            CheckWindow(placement);
            placement.Cell.Width.ShouldBe(options.Size);
            var boxes = placement.Faces.Select(annotation => annotation.Box).ToArray();
            sides.AddRange(boxes.Select(box => box.LongerSide * options.Size / placement.Window.Width));
            canvases.Add([.. boxes.Select(box => Overlap.Coverage(box, placement.Window))]);
        }

        sides.Max().ShouldBeGreaterThan(90);
        sides.Min().ShouldBeLessThan(20);
        canvases.Count(visible => visible.All(share => share == 0)).ShouldBeInRange(30, 150);
        canvases.Count(visible => visible.Any(share => share is > 0.1f and < 0.6f)).ShouldBeGreaterThan(60);
    }

    [Fact]
    public void a_start_holds_the_anchor_and_stays_in_the_picture()
    {
        var sizes = Gen.Select(Gen.Double[10, 500], Gen.Double[10, 500], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Long);
        sizes.Sample((window, picture, at, share, index) =>
        {
            var length = share * picture;
            var anchor = at * (picture - length);
            var start = WindowChoice.DrawStart(window, picture, (anchor, length), new SampleRandom(1, index));

            start.ShouldBeInRange(Math.Min(picture - window, 0) - 1e-9, Math.Max(picture - window, 0) + 1e-9);
            if (length <= window)
            {
                start.ShouldBeLessThanOrEqualTo(anchor + 1e-9);
                (start + window).ShouldBeGreaterThanOrEqualTo(anchor + length - 1e-9);
            }
            else
            {
                start.ShouldBeInRange(anchor - 1e-9, anchor + length - window + 1e-9);
            }
        });
    }

    private SourcePictures Sources() =>
        new([pictures.Faces(), pictures.Background()], new PicturePool(100_000_000));

    private static void CheckWindow(Placement placement)
    {
        var (cell, window) = (placement.Cell, placement.Window);
        new[] { cell.X, cell.Y, cell.Width, cell.Height }.ShouldAllBe(edge => edge % 2 == 0 && edge >= 0);
        window.IsValid.ShouldBeTrue();
        window.X.ShouldBeGreaterThan(-0.01f);
        window.Y.ShouldBeGreaterThan(-0.01f);
        window.Right.ShouldBeLessThan(placement.Picture.Width + 0.01f);
        window.Bottom.ShouldBeLessThan(placement.Picture.Height + 0.01f);
    }
}
