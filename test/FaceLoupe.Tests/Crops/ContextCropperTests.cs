using CsCheck;
using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Crops;

public class ContextCropperTests
{
    private static readonly ContextCropper Twice = new(new ContextSection());

    private static readonly ContextCropper BySize = new(new ContextSection
    {
        Factor = 1.5f, BySize = new ContextBySizeSection { From = 12, To = 48, Factor = 3 },
    });

    [Fact]
    public void the_window_is_the_enlarged_square_about_the_proposal() =>
        Twice.Window(new Box(10, 20, 8, 12)).ShouldBe(new Box(2, 14, 24, 24));

    [Fact]
    public void a_factor_of_one_is_the_square_itself() =>
        new ContextCropper(new ContextSection { Factor = 1 }).Window(new Box(0, 0, 6, 10)).ShouldBe(
            new Box(-2, 0, 10, 10));

    [Fact]
    public void the_window_keeps_centre_and_factor() =>
        Gen.Select(Gen.Float[-50, 500], Gen.Float[-50, 500], Gen.Float[1, 300], Gen.Float[1, 300], Gen.Float[1, 4])
            .Sample((x, y, width, height, factor) =>
            {
                var box = new Box(x, y, width, height);
                var window = new ContextCropper(new ContextSection { Factor = factor }).Window(box);

                window.Width.ShouldBe(window.Height);
                window.Width.ShouldBe(box.LongerSide * factor, 0.01);
                window.CenterX.ShouldBe(box.CenterX, 0.01);
                window.CenterY.ShouldBe(box.CenterY, 0.01);
            });

    [Theory]
    [InlineData(1, 1.5)]
    [InlineData(11.9, 17.85)]
    [InlineData(12, 18)]
    [InlineData(16.970563, 31.819805)] // a quarter of the way from 12 to 48 in octaves: X1.875
    [InlineData(24, 54)] // half the way: X2.25
    [InlineData(48, 144)]
    [InlineData(500, 1500)]
    public void between_two_sizes_the_factor_goes_with_the_octaves(float side, float window)
    {
        BySize.Window(new Box(0, 0, side, side / 2)).Width.ShouldBe(window, window * 1e-5);
        BySize.Window(new Box(0, 0, side / 2, side)).Width.ShouldBe(window, window * 1e-5, "the longer side counts");
    }

    [Fact]
    public void at_its_limits_the_factor_by_size_makes_no_leap()
    {
        foreach (var limit in (float[])[12, 48])
        {
            var (below, above) = (SideOf(BySize, MathF.BitDecrement(limit)), SideOf(BySize, MathF.BitIncrement(limit)));
            below.ShouldBe(above, 1e-4);
        }
    }

    [Fact]
    public void large_proposals_may_have_the_smaller_factor()
    {
        var shrinking = new ContextCropper(new ContextSection
        {
            Factor = 4, BySize = new ContextBySizeSection { From = 10, To = 40, Factor = 1 },
        });

        SideOf(shrinking, 10).ShouldBe(40);
        SideOf(shrinking, 20).ShouldBe(50, 1e-4);
        SideOf(shrinking, 40).ShouldBe(40);
    }

    [Fact]
    public void the_route_goes_by_the_window_that_is_cut()
    {
        // 27 px: X2.38 by size and a window of 64.2 px; X1.5 alone would be 40.5.
        BySize.IsNative(new Box(0, 0, 27, 10)).ShouldBeTrue();
        BySize.IsNative(new Box(0, 0, 26, 10)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(31.9f, false)]
    [InlineData(32, true)]
    public void windows_from_the_limit_on_are_native(float side, bool native)
    {
        Twice.IsNative(new Box(0, 0, side, 10)).ShouldBe(native);
        new ContextCropper(new ContextSection { RouteAbove = null }).IsNative(new Box(0, 0, 5000, 5000))
            .ShouldBeFalse();
    }

    [Fact]
    public void what_lies_outside_the_picture_repeats_its_edge()
    {
        // Left half red, right half blue; the window reaches over all four edges.
        var picture = new Picture(8, 8);
        for (var i = 0; i < 64; i++)
        {
            picture.Pixels[(3 * i) + (i % 8 < 4 ? 0 : 2)] = 255;
        }

        var crop = Twice.Crop(picture, new Box(0, 0, 8, 8), 16);

        crop.Pixels[..3].ShouldBe([255, 0, 0]);
        crop.Pixels[^3..].ShouldBe([0, 0, 255]);
        crop.Pixels[crop.OffsetOf(6, 8)].ShouldBe((byte)255);
        crop.Pixels[crop.OffsetOf(9, 8)].ShouldBe((byte)0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void a_batch_holds_the_crops_one_after_another(int threads)
    {
        var random = new Random(3);
        var picture = new Picture(40, 30);
        random.NextBytes(picture.Pixels);
        Proposal[] proposals = [new(new Box(3, 4, 5, 6), 0), new(new Box(30, 20, 16, 9), 0)];
        proposals = [.. Enumerable.Repeat(proposals, 6).SelectMany(pair => pair)];
        var batch = new float[12 * 3 * 12 * 12];

        Twice.Crop(picture, proposals, 12, batch, threads);

        for (var i = 0; i < proposals.Length; i++)
        {
            var alone = new float[3 * 12 * 12];
            PixelTensor.Write(Twice.Crop(picture, proposals[i].Box, 12), alone);
            batch.AsSpan(i * alone.Length, alone.Length).SequenceEqual(alone).ShouldBeTrue();
        }
    }

    private static float SideOf(ContextCropper cropper, float side) => cropper.Window(new Box(0, 0, side, side)).Width;
}
