using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class CanvasSamplerTests : IDisposable
{
    private const int Samples = 30;
    private readonly PaintedPictures pictures = new();

    public void Dispose() => pictures.Dispose();

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 1, 1)]
    public void boxes_lie_on_the_faces_of_both_views(double close, double crowd, double mirror, double upsampled)
    {
        var options = PaintedPictures.Untouched with
        {
            SingleWeight = close,
            CrowdWeight = crowd,
            NegativeWeight = 0,
            WindowWeight = 1 - close - crowd,
            MirrorChance = mirror,
            UpsampledShare = upsampled,
        };
        var sampler = pictures.Sampler(options);
        var faces = 0;
        for (var i = 0; i < Samples; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: true);
            canvas.Degraded.Width.ShouldBe(128);
            canvas.HighResolution.ShouldNotBeNull().Height.ShouldBe(512);
            CheckBoxesArePainted(canvas.Degraded, canvas, 1);
            CheckBoxesArePainted(canvas.HighResolution, canvas, 4);
            CheckPaintIsBoxed(canvas.HighResolution, canvas, 4);
            faces += canvas.Faces.Count;
        }

        faces.ShouldBeGreaterThan(close + crowd > 0 ? Samples : Samples / 3);
    }

    [Theory]
    [InlineData(1, 0, 1.5, 86)]
    [InlineData(1, 1, 2.5, 52)]
    [InlineData(0, 0, 3, 42)]
    [InlineData(0, 1, 1.5, 86)]
    public void enlarged_canvases_are_made_at_the_size_before(double close, double mirror, double factor, int side)
    {
        var sampler = pictures.Sampler(PaintedPictures.Untouched with
        {
            SingleWeight = close,
            CrowdWeight = 1 - close,
            NegativeWeight = 0,
            MirrorChance = mirror,
            UpsampledShare = 1,
            Enlargements = [factor],
        });
        var faces = 0;
        for (var i = 0; i < Samples; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: false);
            canvas.Native.ShouldNotBeNull().Width.ShouldBe(side);
            canvas.Degraded.Pixels.ShouldBe(Resampler.Resize(canvas.Native, 128, 128).Pixels);
            CheckBoxesArePainted(canvas.Degraded, canvas, 1);
            faces += canvas.Faces.Count;
        }

        faces.ShouldBeGreaterThan(Samples / 2);
        Should.Throw<InvalidOperationException>(() => sampler.Sample(0, withHighResolution: true));
    }

    [Fact]
    public void each_enlargement_has_its_share()
    {
        var sampler = pictures.Sampler(PaintedPictures.Untouched with
        {
            UpsampledShare = 0.75, Enlargements = [1.5, 2.5, 2.5],
        });

        var sides = Enumerable.Range(0, 400).CountBy(
            i => sampler.Sample(i, withHighResolution: false).Native?.Width ?? 128);

        // Half by 2.5, a quarter by 1.5; the last quarter is not enlarged.
        sides.ToDictionary(side => side.Key, side => side.Value).ShouldSatisfyAllConditions(
            counts => counts.Keys.Order().ShouldBe([52, 86, 128]),
            counts => counts[52].ShouldBeInRange(160, 240),
            counts => counts[86].ShouldBeInRange(70, 130));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void mistakes_are_on_their_canvases_at_about_their_size(double enlarged)
    {
        var source = pictures.Faces();
        var face = source.Folder.Pictures[3].Faces[1];
        var sampler = new CanvasSampler(
            [source with { Mistakes = [new Mistake(source.Folder.Pictures[3], face.Box, 0.4)] }],
            PaintedPictures.Untouched with
            {
                SingleWeight = 0, CrowdWeight = 0, NegativeWeight = 0, MistakeWeight = 1, UpsampledShare = enlarged,
                Enlargements = [1.5],
            },
            1);
        var factor = enlarged > 0 ? 1.5f : 1;
        for (var i = 0; i < Samples; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: false);
            CheckBoxesArePainted(canvas.Degraded, canvas, 1);
            canvas.Faces.ShouldContain(box =>
                box.Width >= (face.Box.Width * factor / 1.26f) && box.Width <= (face.Box.Width * factor * 1.26f));
        }
    }

    [Fact]
    public void a_sample_is_a_function_of_seed_and_number()
    {
        var options = new CanvasOptions { Size = 64, HighResolutionFactor = 2.5 };
        var sampler = pictures.Sampler(options);
        var inOrder = Enumerable.Range(0, 12).Select(i => sampler.Sample(i, withHighResolution: true)).ToArray();
        var other = pictures.Sampler(options with { CacheMegabytes = 0 });
        var anyOrder = new TrainingCanvas[12];
        Parallel.For(0, 12, i => anyOrder[11 - i] = other.Sample(11 - i, withHighResolution: true));

        for (var i = 0; i < 12; i++)
        {
            anyOrder[i].Degraded.Pixels.ShouldBe(inOrder[i].Degraded.Pixels);
            anyOrder[i].HighResolution!.Pixels.ShouldBe(inOrder[i].HighResolution!.Pixels);
            anyOrder[i].Faces.ShouldBe(inOrder[i].Faces);
            anyOrder[i].Ignored.ShouldBe(inOrder[i].Ignored);
        }
    }

    [Fact]
    public void another_seed_and_another_number_give_another_canvas()
    {
        var options = new CanvasOptions { Size = 64 };
        var first = pictures.Sampler(options, seed: 1).Sample(5, withHighResolution: false).Degraded.Pixels;

        pictures.Sampler(options, seed: 2).Sample(5, withHighResolution: false).Degraded.Pixels.ShouldNotBe(first);
        pictures.Sampler(options, seed: 1).Sample(6, withHighResolution: false).Degraded.Pixels.ShouldNotBe(first);
    }

    [Fact]
    public void the_high_resolution_view_changes_nothing_else()
    {
        var sampler = pictures.Sampler(new CanvasOptions { Size = 64 });
        for (var i = 0; i < 5; i++)
        {
            var without = sampler.Sample(i, withHighResolution: false);
            without.HighResolution.ShouldBeNull();
            without.Degraded.Pixels.ShouldBe(sampler.Sample(i, withHighResolution: true).Degraded.Pixels);
        }
    }

    [Fact]
    public void light_is_the_same_in_both_views()
    {
        var options = PaintedPictures.Untouched with { Size = 64, Photometry = new PhotometryOptions() };
        var sampler = pictures.Sampler(options);
        for (var i = 0; i < Samples; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: true);
            var shrunk = Resampler.Resize(canvas.HighResolution!, 64, 64);
            var difference = shrunk.Pixels.Zip(canvas.Degraded.Pixels, (a, b) => Math.Abs(a - b)).Average();
            difference.ShouldBeLessThan(3);
        }
    }

    // The images are 300 px high; a face of them shrunk to 8 px leaves most of the canvas empty.
    [Fact]
    public void a_padded_canvas_shows_one_picture_on_grey()
    {
        var sampler = pictures.Sampler(PaintedPictures.Untouched with
        {
            CrowdWeight = 0, NegativeWeight = 0, MinFace = 6, MaxFace = 8, Padded = true,
        });
        for (var i = 0; i < Samples; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: true);
            canvas.Faces.Count.ShouldBeInRange(1, 3);
            CheckBoxesArePainted(canvas.HighResolution!, canvas, 4);
            CheckPaintIsBoxed(canvas.HighResolution!, canvas, 4);
            var padding = Enumerable.Range(0, 128 * 128).Count(
                pixel =>
                    canvas.Degraded.Pixels.AsSpan(3 * pixel, 3).SequenceEqual((ReadOnlySpan<byte>)[128, 128, 128]));
            padding.ShouldBeGreaterThan(128 * 128 / 4);
        }
    }

    [Fact]
    public void negatives_hold_no_face()
    {
        var sampler = pictures.Sampler(PaintedPictures.Untouched with { SingleWeight = 0, CrowdWeight = 0 });
        for (var i = 0; i < 10; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: false);
            canvas.Faces.ShouldBeEmpty();
            canvas.Ignored.ShouldBeEmpty();
            canvas.Degraded.Pixels[..3].ShouldBe(new byte[] { 40, 160, 40 });
        }
    }

    [Fact]
    public void canvases_with_missing_annotations_are_marked_and_stay_out_of_crowds()
    {
        var options = PaintedPictures.Untouched with { NegativeWeight = 0 };
        CanvasSource[] mixed = [pictures.Faces(), pictures.Faces(unlabelledFacesLikely: true)];

        var crowds = new CanvasSampler(mixed, options with { SingleWeight = 0 }, 1);
        Enumerable.Range(0, 10).ShouldAllBe(i => !crowds.Sample(i, false).UnlabelledFacesLikely);
        var singles = new CanvasSampler(mixed, options with { CrowdWeight = 0 }, 1);
        var marked = Enumerable.Range(0, 40).Count(i => singles.Sample(i, false).UnlabelledFacesLikely);
        marked.ShouldBeInRange(8, 32);
    }

    [Fact]
    public void sources_that_do_not_fit_the_weights_are_refused()
    {
        var options = PaintedPictures.Untouched;

        Should.Throw<FaceLoupeException>(() => new CanvasSampler([], options, 1));
        Should.Throw<FaceLoupeException>(() => new CanvasSampler([pictures.Faces() with { Weight = 0 }], options, 1));
        Should.Throw<FaceLoupeException>(
            () => new CanvasSampler([pictures.Background()], options with { NegativeWeight = 0 }, 1));
        Should.Throw<FaceLoupeException>(
            () => new CanvasSampler([pictures.Faces()], options with { SingleWeight = 0, CrowdWeight = 0 }, 1));
    }

    /// <summary>Of each face the visible part, 60 % at least, is painted; its border pixels may be mixed.</summary>
    private static void CheckBoxesArePainted(Picture view, TrainingCanvas canvas, float factor)
    {
        foreach (var face in canvas.Faces)
        {
            var inner = face.Scale(factor).Clip(view.Width, view.Height);
            var (all, painted) = (0, 0);
            for (var y = (int)MathF.Ceiling(inner.Y + 1); y + 1 <= inner.Bottom - 1; y++)
            {
                for (var x = (int)MathF.Ceiling(inner.X + 1); x + 1 <= inner.Right - 1; x++)
                {
                    all++;
                    painted += PaintedPictures.IsFace(view, x, y) ? 1 : 0;
                }
            }

            painted.ShouldBeGreaterThanOrEqualTo((int)(0.5 * all), $"face {face}");
        }
    }

    /// <summary>Every painted pixel belongs to a face or to one that is ignored.</summary>
    private static void CheckPaintIsBoxed(Picture view, TrainingCanvas canvas, float factor)
    {
        var boxes = canvas.Faces.Concat(canvas.Ignored).Select(box => box.Scale(factor)).ToArray();
        var loose = 0;
        for (var y = 0; y < view.Height; y++)
        {
            for (var x = 0; x < view.Width; x++)
            {
                if (PaintedPictures.IsFace(view, x, y) && !boxes.Any(box => Holds(box, x + 0.5f, y + 0.5f)))
                {
                    loose++;
                }
            }
        }

        // What is left of a face that is all but hidden counts as background.
        loose.ShouldBeLessThan(view.Width * view.Height / 500);
    }

    private static bool Holds(in Box box, float x, float y) =>
        x >= box.X - 2 && x <= box.Right + 2 && y >= box.Y - 2 && y <= box.Bottom + 2;
}
