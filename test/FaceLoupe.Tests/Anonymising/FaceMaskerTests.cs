using CsCheck;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests.Geometry;
using FaceLoupe.Tests.Imaging;

namespace FaceLoupe.Tests.Anonymising;

public class FaceMaskerTests
{
    private static readonly Gen<MaskOptions> AnyOptions = Gen.Select(
        Gen.Enum<MaskKind>(), Gen.Enum<MaskShape>(), Gen.Float[1, 3],
        (kind, shape, scale) => new MaskOptions { Kind = kind, Shape = shape, Scale = scale, Color = new(1, 2, 3) });

    [Fact]
    public void nothing_changes_outside_of_the_mask() =>
        Gen.Select(Boxes.Crowded.Array[1, 3], AnyOptions).Sample((faces, options) =>
        {
            var before = Noise(64, 48);
            var after = Masked(before, options, faces);
            for (var y = 0; y < before.Height; y++)
            {
                for (var x = 0; x < before.Width; x++)
                {
                    if (!faces.Any(face => Masks(face, options.Scale + 1e-4f).Any(mask =>
                        Touches(mask, IsCut(face) ? MaskShape.Box : options.Shape, x, y))))
                    {
                        PixelOf(after, x, y).ShouldBe(PixelOf(before, x, y), $"{x},{y}");
                    }
                }
            }
        }, iter: 200);

    [Fact]
    public void a_solid_mask_fills_all_that_its_outline_touches_with_exactly_its_colour() =>
        Gen.Select(Boxes.Crowded, Gen.Enum<MaskShape>(), Gen.Float[1, 3]).Sample((face, shape, scale) =>
        {
            var color = new MaskColor(250, 7, 99);
            var options = new MaskOptions { Kind = MaskKind.Solid, Shape = shape, Scale = scale, Color = color };
            var after = Masked(Noise(64, 48), options, face);
            for (var y = 0; y < after.Height; y++)
            {
                for (var x = 0; x < after.Width; x++)
                {
                    if (Masks(face, scale - 1e-4f).Any(mask => Touches(mask, shape, x, y)))
                    {
                        PixelOf(after, x, y).ShouldBe((color.Red, color.Green, color.Blue), $"{x},{y}");
                    }
                }
            }
        }, iter: 200);

    [Fact]
    public void under_a_soft_rim_the_mask_itself_is_what_it_is_without() =>
        Gen.Select(Boxes.Crowded, AnyOptions, Gen.Float[0.01f, 1]).Sample((face, options, feather) =>
        {
            var before = Noise(64, 48);
            var (hard, soft) =
                (Masked(before, options, face), Masked(before, options with { Feather = feather }, face));
            var (core, all) = (
                new FaceMasker(options).Cover(before, [face]),
                new FaceMasker(options with { Feather = feather }).Cover(before, [face]));
            for (var i = 0; i < core.Length; i++)
            {
                var (x, y) = (i % before.Width, i / before.Width);
                if (core[i])
                {
                    all[i].ShouldBeTrue();
                    PixelOf(soft, x, y).ShouldBe(PixelOf(hard, x, y), $"{x},{y}");
                }
                else if (!all[i])
                {
                    PixelOf(soft, x, y).ShouldBe(PixelOf(before, x, y), $"{x},{y}");
                }
            }
        }, iter: 200);

    [Theory]
    [InlineData(MaskKind.Gaussian)]
    [InlineData(MaskKind.Pixelate)]
    [InlineData(MaskKind.Solid)]
    public void a_mask_about_a_point_beyond_the_edge_ends_at_the_edge(MaskKind kind)
    {
        // On the last row its ellipse lies right of the image altogether.
        var face = new Box(59, 2.5e-35f, 30.549503f, 38);
        var options = new MaskOptions { Kind = kind, Shape = MaskShape.Ellipse, Scale = 1, Feather = 13f / 46 };
        var before = Noise(64, 48);

        var cover = new FaceMasker(options).Cover(before, [face]);
        var masked = Masked(before, options, face);

        cover[(19 * 64) + 63].ShouldBeTrue();
        cover[^1].ShouldBeFalse();
        PixelOf(masked, 63, 47).ShouldBe(PixelOf(before, 63, 47));
    }

    [Theory]
    [InlineData(MaskShape.Ellipse, 1.3f, MaskShape.Ellipse)]
    [InlineData(MaskShape.Ellipse, 1.45f, MaskShape.Box)]
    [InlineData(MaskShape.Box, 1, MaskShape.Box)]
    public void nothing_of_a_face_comes_through_a_soft_rim(MaskShape shape, float scale, MaskShape covered)
    {
        // Two faces, and not a pixel of the result tells which it was.
        var face = new Box(30, 20, 30, 38);
        var options = new MaskOptions { Kind = MaskKind.Solid, Shape = shape, Scale = scale, Feather = 0.4f };
        var one = Noise(100, 80);
        var other = new Picture(one.Width, one.Height, [.. one.Pixels]);
        for (var i = 0; i < one.Width * one.Height; i++)
        {
            if (covered == MaskShape.Box
                ? face.X <= i % one.Width && i % one.Width < face.Right && face.Y <= i / one.Width
                && i / one.Width < face.Bottom
                : Touches(face, MaskShape.Ellipse, i % one.Width, i / one.Width))
            {
                other.Pixels[3 * i] ^= 0xFF;
            }
        }

        one.Pixels.ShouldNotBe(other.Pixels);
        Masked(one, options, face).Pixels.ShouldBe(Masked(other, options, face).Pixels);
    }

    [Fact]
    public void a_soft_rim_fades_out_step_by_step()
    {
        var face = new Box(60, 40, 40, 40);
        var options = new MaskOptions { Kind = MaskKind.Solid, Shape = MaskShape.Box, Scale = 1, Feather = 0.5f };

        var after = Masked(White(160, 120), options, face);

        // From the mask's right edge at 100 to the end of the rim at 120.
        var row = Enumerable.Range(99, 22).Select(x => (int)PixelOf(after, x, 60).Item1).ToArray();
        row[0].ShouldBe(0);
        row[^1].ShouldBe(255);
        row.Zip(row.Skip(1)).ShouldAllBe(pair => pair.Second > pair.First && pair.Second - pair.First < 20);
    }

    [Fact]
    public void the_mask_of_a_face_that_the_edge_cuts_covers_all_of_it_that_shows()
    {
        // The right half of a face of 30 x 40 px, and the box that a detector gives.
        var (whole, seen) = (new Box(-15, 20, 30, 40), new Box(0, 20, 15, 40));

        var after = Masked(White(90, 80), new MaskOptions { Kind = MaskKind.Solid }, seen);

        for (var y = 0; y < after.Height; y++)
        {
            for (var x = 0; x < after.Width; x++)
            {
                if (Touches(whole, MaskShape.Ellipse, x, y))
                {
                    PixelOf(after, x, y).ShouldBe(((byte)0, (byte)0, (byte)0), $"{x},{y}");
                }
            }
        }
    }

    [Fact]
    public void the_sides_of_a_mask_are_rounded_outwards()
    {
        // From 10 to 20 in both directions, enlarged by 1.3: from 8.5 to 21.5.
        var options = new MaskOptions { Kind = MaskKind.Solid, Shape = MaskShape.Box };
        var after = Masked(White(40, 30), options, new Box(10, 10, 10, 10));

        var black = Blacks(after);
        (black.Min(at => at.X), black.Max(at => at.X)).ShouldBe((8, 21));
        (black.Min(at => at.Y), black.Max(at => at.Y)).ShouldBe((8, 21));
        black.Count.ShouldBe(14 * 14);
    }

    [Fact]
    public void an_ellipse_touches_the_sides_and_leaves_the_corners()
    {
        var options = new MaskOptions { Kind = MaskKind.Solid, Scale = 1 };

        var black = Blacks(Masked(White(60, 60), options, new Box(10, 20, 40, 20)));

        (black.Min(at => at.X), black.Max(at => at.X), black.Min(at => at.Y), black.Max(at => at.Y))
            .ShouldBe((10, 49, 20, 39));
        black.ShouldNotContain((10, 20));
        black.ShouldNotContain((49, 39));
        black.Count.ShouldBeInRange(628, 700); // pi x 20 x 10, and what is touched only
    }

    [Theory]
    [InlineData(MaskKind.Gaussian, 8)]
    [InlineData(MaskKind.Gaussian, 40)]
    [InlineData(MaskKind.Gaussian, 300)]
    [InlineData(MaskKind.Solid, 40)]
    public void a_face_is_destroyed_whatever_its_size(MaskKind kind, int side)
    {
        // Detail as a face has it: eight cycles across are what recognising people takes; 8 px can hold four.
        var waves = 2 * Math.PI * Math.Min(8, side / 2) / side;
        var size = (int)(1.5 * side);
        var face = new Box(size / 6f, size / 6f, side, side);
        var before = TestPictures.Make(
            size, size, (x, y) => Grey(128 + (80 * Math.Cos(waves * x)) + (40 * Math.Cos(waves * y))));

        var after = Masked(before, new MaskOptions { Kind = kind }, face);

        var inner = face.Enlarge(0.6f);
        Deviation(after, inner).ShouldBeLessThan(Deviation(before, inner) / 4);
        Roughness(after, inner).ShouldBeLessThan(Roughness(before, inner) / 4);
    }

    [Fact]
    public void a_blur_leaves_nothing_of_three_cycles_across_a_face()
    {
        var face = new Box(30, 30, 120, 120);
        var before = TestPictures.Make(180, 180, (x, _) => Grey(128 + (100 * Math.Sin(6 * Math.PI * x / 120))));

        var after = Masked(before, new MaskOptions { Kind = MaskKind.Gaussian }, face);

        Deviation(after, face.Enlarge(0.4f)).ShouldBeLessThan(1);
    }

    [Fact]
    public void a_blur_of_one_colour_is_that_colour() =>
        Masked(White(50, 50), new MaskOptions { Kind = MaskKind.Gaussian }, new Box(10, 10, 30, 30))
            .Pixels.ShouldAllBe(value => value == 255);

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(300)]
    public void pixelation_leaves_two_cells_across_a_face(int side)
    {
        var (size, at) = ((2 * side) + 8, (side / 4) + 3);
        var options = new MaskOptions { Kind = MaskKind.Pixelate, Shape = MaskShape.Box, Scale = 1 };

        var after = Masked(Noise(size, size), options, new Box(at, at, side, side));

        var cells = from y in Enumerable.Range(1, side)
                    from x in Enumerable.Range(1, side)
                    group PixelOf(after, at + x - 1, at + y - 1)
                        by (Column: ((2 * x) - 1) / side, Row: ((2 * y) - 1) / side);
        cells.Count().ShouldBe(4);
        cells.ShouldAllBe(cell => cell.Distinct().Count() == 1);
    }

    [Fact]
    public void a_mask_that_is_larger_has_no_smaller_cells()
    {
        var after = Masked(Noise(100, 100), new MaskOptions { Shape = MaskShape.Box }, new Box(30, 30, 40, 40));

        // 52 px: two cells of 26 px rather than three of 17.
        Enumerable.Range(25, 50).Select(x => PixelOf(after, x, 50)).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void the_noise_of_cells_is_the_same_for_the_same_picture_and_another_for_another()
    {
        var (face, options) = (new Box(20, 20, 60, 60), new MaskOptions { Shape = MaskShape.Box });
        Masked(Noise(100, 100), options, face).Pixels.ShouldBe(Masked(Noise(100, 100), options, face).Pixels);

        // One pixel of one step changes a mean of 1,521 pixels by nothing that rounding would show.
        var changed = Noise(100, 100);
        changed.Pixels[changed.OffsetOf(50, 50)] ^= 1;
        Cells(Masked(changed, options, face)).ShouldNotBe(Cells(Masked(Noise(100, 100), options, face)));

        static (byte, byte, byte)[] Cells(Picture picture) =>
            [PixelOf(picture, 30, 30), PixelOf(picture, 70, 30), PixelOf(picture, 30, 70), PixelOf(picture, 70, 70)];
    }

    [Fact]
    public void noise_has_the_mean_and_the_spread_of_laplace()
    {
        var grey = TestPictures.Make(10, 10, (_, _) => (128, 128, 128));
        var area = new MaskArea(new Box(2, 2, 6, 6), new MaskOptions(), grey);
        var noise = new MosaicNoise(grey, area, 10);
        var draws = Enumerable.Range(0, 20_000).Select(_ => noise.Light()).ToArray();

        draws.Average().ShouldBe(0, 0.4);
        draws.Average(Math.Abs).ShouldBe(10, 0.4, "the mean distance from 0 is the scale");
        draws.Average(value => value * value).ShouldBe(200, 20, "the variance is twice its square");
    }

    [Fact]
    public void masks_over_the_edge_and_outside_do_no_harm()
    {
        foreach (var kind in Enum.GetValues<MaskKind>())
        {
            var options = new MaskOptions { Kind = kind };
            Masked(Noise(20, 20), options, new Box(-10, -10, 15, 15), new Box(15, 15, 30, 30));
            var untouched = Noise(20, 20);
            Masked(untouched, options, new Box(100, 100, 9, 9), new Box(-50, 3, 9, 9), new Box(5, 5, 0, 0), default)
                .Pixels.ShouldBe(untouched.Pixels);
        }
    }

    [Fact]
    public void the_box_of_a_mask_ends_at_the_picture() =>
        new FaceMasker(new MaskOptions { Scale = 2 }).MaskOf(new Box(2, 10, 8, 8), 100, 20)
            .ShouldBe(new Box(0, 6, 14, 14));

    [Theory]
    [InlineData(0.9f)]
    [InlineData(5.1f)]
    [InlineData(float.NaN)]
    public void a_scale_below_the_face_or_far_beyond_is_refused(float scale) =>
        Should.Throw<FaceLoupeException>(() => new FaceMasker(new MaskOptions { Scale = scale })).Message
            .ShouldContain("Scale is");

    [Fact]
    public void all_faults_of_the_options_stand_in_one_line()
    {
        var wrong = new MaskOptions { Kind = (MaskKind)7, Shape = (MaskShape)8, Scale = 0 };
        Should.Throw<FaceLoupeException>(() => new FaceMasker(wrong)).Message
            .ShouldBe("Mask options: Kind is 7, which is not a mask; Shape is 8, which is not a shape; Scale is 0, "
                + "not from 1 to 5.");
    }

    private static Picture Masked(Picture picture, MaskOptions options, params Box[] faces)
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        new FaceMasker(options).Apply(copy, faces);
        return copy;
    }

    // Whether a pixel's square meets the outline: its point nearest to the centre lies within.
    private static bool IsCut(Box face) => PictureEdge.Cut(face, 64, 48) != default;

    // About the box, and about the face where the edge cuts it.
    private static Box[] Masks(Box face, float scale) =>
        [face.Enlarge(scale), PictureEdge.Beyond(face, 64, 48).Enlarge(scale)];

    private static bool Touches(Box outline, MaskShape shape, int x, int y)
    {
        var dx = Math.Abs(Math.Clamp(outline.CenterX, x, x + 1) - outline.CenterX) / (outline.Width / 2);
        var dy = Math.Abs(Math.Clamp(outline.CenterY, y, y + 1) - outline.CenterY) / (outline.Height / 2);
        return shape == MaskShape.Box ? dx <= 1 && dy <= 1 : (dx * dx) + (dy * dy) <= 1;
    }

    private static List<(int X, int Y)> Blacks(Picture picture) =>
    [
        .. from y in Enumerable.Range(0, picture.Height)
           from x in Enumerable.Range(0, picture.Width)
           where PixelOf(picture, x, y) == (0, 0, 0)
           select (x, y),
    ];

    private static double Deviation(Picture picture, Box box)
    {
        var values = Reds(picture, box, 0).ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    // Mean step from a pixel to its neighbour on the right.
    private static double Roughness(Picture picture, Box box) =>
        Reds(picture, box, 0).Zip(Reds(picture, box, 1), (a, b) => Math.Abs(a - b)).Average();

    private static IEnumerable<double> Reds(Picture picture, Box box, int shift) =>
        from y in Enumerable.Range((int)box.Y, (int)box.Height)
        from x in Enumerable.Range((int)box.X, (int)box.Width)
        select (double)PixelOf(picture, x + shift, y).Red;

    private static (byte Red, byte Green, byte Blue) PixelOf(Picture picture, int x, int y)
    {
        var at = picture.OffsetOf(x, y);
        return (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]);
    }

    private static (byte, byte, byte) Grey(double value) => ((byte)value, (byte)value, (byte)value);

    private static Picture White(int width, int height) => TestPictures.Make(width, height, (_, _) => (255, 255, 255));

    private static Picture Noise(int width, int height)
    {
        var picture = new Picture(width, height);
        new Random(5).NextBytes(picture.Pixels);
        return picture;
    }
}
