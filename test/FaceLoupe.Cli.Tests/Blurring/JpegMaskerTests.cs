using BitMiracle.LibJpeg.Classic;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using ImageMagick;

namespace FaceLoupe.Cli.Tests.Blurring;

public sealed class JpegMaskerTests : IDisposable
{
    // Neither whole blocks nor at their edges.
    private static readonly Box[] s_faces = [new(30.5f, 21.2f, 50, 61), new(133, 90, 30, 31)];
    private static readonly MaskOptions s_solid = new() { Kind = MaskKind.Solid, Color = new MaskColor(200, 60, 20) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-jpeg-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("1x1", false, 1)]
    [InlineData("2x2", false, 1)]
    [InlineData("2x1", false, 1)]
    [InlineData("1x2", false, 1)]
    [InlineData("2x2", true, 1)]
    [InlineData("grey", false, 1)]
    [InlineData("grey", true, 6)]
    [InlineData("2x2", false, 2)]
    [InlineData("2x2", false, 3)]
    [InlineData("2x1", false, 4)]
    [InlineData("2x1", true, 5)]
    [InlineData("2x2", true, 6)]
    [InlineData("1x2", false, 7)]
    [InlineData("2x1", false, 8)]
    public void blocks_without_a_mask_stay_bit_for_bit_and_nothing_is_left_under_one(
        string sampling, bool progressive, int orientation)
    {
        var original = Jpeg(sampling, progressive, orientation);
        var upright = PictureFile.Decode(original, "original.jpg");
        (upright.Width, upright.Height).ShouldBe((163, 121));
        var masker = new FaceMasker(s_solid);
        var cover = Cover(upright);
        var masked = Masked(masker, upright);

        var bytes = JpegMasker.Mask(original, masked, cover, out var reason);

        reason.ShouldBeNull();
        var (before, after) = (Blocks(original), Blocks(bytes!));
        after.Count.ShouldBe(before.Count);
        var stored = Stored(cover, upright, orientation);
        var (same, other) = (0, 0);
        foreach (var (place, block) in before)
        {
            if (IsCovered(stored, place))
            {
                other++;
            }
            else
            {
                same++;
                after[place].ShouldBe(block, $"{place}");
            }
        }

        same.ShouldBeGreaterThan(100);
        other.ShouldBeGreaterThan(20);

        // Every pixel is what the mask has there, as far as the file's own steps go.
        var written = PictureFile.Decode(bytes!, "written.jpg");
        var errors = Enumerable.Range(0, cover.Length).Where(i => cover[i])
            .Select(i => Math.Abs(Light(written, i) - Light(masked, i))).Order().ToArray();
        errors.Average().ShouldBeLessThan(4);
        errors[(int)(errors.Length * 0.99)].ShouldBeLessThan(30);

        // Another face under the mask, the same file: not a bit of it is left.
        var inner = Inner(cover, upright, orientation);
        var face = JpegMasker.Mask(original, Within(inner, Others(upright), upright), inner, out _)!;
        Blocks(face).ShouldNotBe(before);
        var hidden = JpegMasker.Mask(face, Masked(masker, PictureFile.Decode(face, "face.jpg")), cover, out reason);
        reason.ShouldBeNull();
        hidden.ShouldBe(bytes);
    }

    [Fact]
    public void blocks_beyond_a_soft_rim_stay_bit_for_bit_and_the_mask_itself_is_whole()
    {
        var original = File.ReadAllBytes(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));
        var upright = PictureFile.Decode(original, "original.jpg");
        Box[] faces = [new(300, 200, 40, 50), new(10, 500, 30, 30)];
        var (hard, masked) = (Copy(upright), Copy(upright));
        new FaceMasker(s_solid).Apply(hard, faces);
        new FaceMasker(s_solid with { Feather = 0.3f }).Apply(masked, faces);
        var (core, cover) = (Changed(hard), Changed(masked));

        var bytes = JpegMasker.Mask(original, masked, cover, out var reason);

        reason.ShouldBeNull();
        var (before, after) = (Blocks(original), Blocks(bytes!));
        var stored = Stored(cover, upright, 1);
        before.Where(block => !IsCovered(stored, block.Key)).ShouldAllBe(
            block => block.Value.SequenceEqual(after[block.Key]));
        var written = PictureFile.Decode(bytes!, "written.jpg");
        Enumerable.Range(0, core.Length).Where(i => core[i])
            .Average(i => Math.Abs(Light(written, i) - Light(masked, i))).ShouldBeLessThan(4);
        cover.Count(under => under).ShouldBeGreaterThan(core.Count(under => under) * 3 / 2);

        static Picture Copy(Picture picture) => new(picture.Width, picture.Height, [.. picture.Pixels]);

        bool[] Changed(Picture picture) =>
            [.. upright.Pixels.Zip(picture.Pixels, (a, b) => a != b).Chunk(3).Select(pixel => pixel.Contains(true))];
    }

    [Fact]
    public void blur_keeps_the_rest_of_a_jpeg_file_and_none_of_its_metadata_but_orientation_and_colours()
    {
        using (var image = new MagickImage(Path.Combine(RepositoryRoot.Combine("samples"), "solvay-1927.jpg")))
        {
            var exif = new ExifProfile();
            exif.SetValue(ExifTag.Orientation, (ushort)1);
            exif.SetValue(ExifTag.Artist, "somebody");
            image.SetProfile(exif);
            image.SetProfile(ColorProfiles.SRGB);
            image.Comment = "at home";
            image.Write(PathOf("crowd.jpg"), MagickFormat.Jpeg);
        }

        var call = CliCall.Run(
            "blur", PathOf("crowd.jpg"), "--out", PathOf("out.jpg"), "--min-face", "40", "--model",
            RepositoryRoot.Combine("models", "compact-int8"), "--verify");

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldNotContain("re-encoded");
        var (before, after) =
            (Blocks(File.ReadAllBytes(PathOf("crowd.jpg"))), Blocks(File.ReadAllBytes(PathOf("out.jpg"))));
        before.Count(block => block.Value.SequenceEqual(after[block.Key])).ShouldBeGreaterThan(before.Count / 2);
        using var written = new MagickImage(PathOf("out.jpg"));
        written.GetExifProfile().ShouldBeNull();
        written.Comment.ShouldBeNull();
        written.GetColorProfile().ShouldNotBeNull();
    }

    [Fact]
    public void what_cannot_be_kept_is_encoded_anew_and_told()
    {
        using (var image = new MagickImage(TestCells()))
        {
            image.ColorSpace = ColorSpace.CMYK;
            image.Write(PathOf("print.jpg"), MagickFormat.Jpeg);
        }

        var call = CliCall.Run("blur", PathOf("print.jpg"), "--out", PathOf("out.jpg"), "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(0, call.Error);
        call.Error.ShouldContain("re-encoded as a whole since its colours are neither YCbCr nor grey");
        PictureFile.Read(PathOf("out.jpg")).Width.ShouldBe(163);
    }

    [Fact]
    public void a_progressive_file_with_restart_markers_is_encoded_anew()
    {
        var sound = Jpeg("2x2", progressive: true, orientation: 1);
        byte[] restarted = [.. sound[..2], 0xFF, 0xDD, 0, 4, 0, 2, .. sound[2..]];
        var upright = PictureFile.Decode(sound, "original.jpg");

        var bytes = JpegMasker.Mask(
            restarted, Masked(new FaceMasker(s_solid), upright), Cover(upright), out var reason);

        bytes.ShouldBeNull();
        reason.ShouldBe("it is progressive with restart markers");
    }

    [Fact]
    public void damage_is_a_reason_and_no_crash()
    {
        var original = Jpeg("2x2", progressive: true, orientation: 1);
        var upright = PictureFile.Decode(original, "original.jpg");
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])original.Clone();
            for (var i = 0; i < 5; i++)
            {
                bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            }

            var masked = JpegMasker.Mask(bytes, upright, new bool[163 * 121], out var reason);
            (masked is null).ShouldBe(reason is not null);
        }
    }

    private static double Light(Picture picture, int pixel) =>
        (0.299 * picture.Pixels[3 * pixel]) + (0.587 * picture.Pixels[(3 * pixel) + 1])
        + (0.114 * picture.Pixels[(3 * pixel) + 2]);

    private static Picture Masked(FaceMasker masker, Picture upright)
    {
        var copy = new Picture(upright.Width, upright.Height, [.. upright.Pixels]);
        masker.Apply(copy, s_faces);
        return copy;
    }

    // The same people upside down.
    private static Picture Others(Picture like)
    {
        var others = new Picture(like.Width, like.Height, [.. like.Pixels]);
        Array.Reverse(others.Pixels);
        return others;
    }

    // All coefficients, by channel, column and row of the block, with the pixels that a block spans.
    private static Dictionary<(int Part, int X, int Y, int Across, int Down), short[]> Blocks(byte[] file)
    {
        var source = new jpeg_decompress_struct();
        source.jpeg_stdio_src(new MemoryStream(file));
        source.jpeg_read_header(true);
        var all = source.jpeg_read_coefficients();
        var (across, down) = JpegComponent.MostSamples(source);
        var blocks = new Dictionary<(int, int, int, int, int), short[]>();
        for (var part = 0; part < source.Num_components; part++)
        {
            var (spanX, spanY) =
                (8 * across / source.Comp_info[part].H_samp_factor, 8 * down / source.Comp_info[part].V_samp_factor);
            for (var y = 0; y * spanY < source.Image_height; y++)
            {
                var row = all[part].Access(y, 1)[0];
                for (var x = 0; x * spanX < source.Image_width; x++)
                {
                    blocks[(part, x, y, spanX, spanY)] = [.. Enumerable.Range(0, 64).Select(i => row[x][i])];
                }
            }
        }

        return blocks;
    }

    private static bool IsCovered(bool[,] stored, (int Part, int X, int Y, int Across, int Down) block)
    {
        for (var y = block.Y * block.Down; y < Math.Min((block.Y + 1) * block.Down, stored.GetLength(0)); y++)
        {
            for (var x = block.X * block.Across; x < Math.Min((block.X + 1) * block.Across, stored.GetLength(1)); x++)
            {
                if (stored[y, x])
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The cover as the file stores it, turned by another program.
    private static bool[,] Stored(bool[] cover, Picture upright, int orientation) =>
        Turned(cover, upright.Width, upright.Height, orientation);

    private static bool[,] Turned(bool[] cover, int width, int height, int orientation)
    {
        using var image = new MagickImage(
            [.. cover.SelectMany(value => Enumerable.Repeat(value ? byte.MaxValue : (byte)0, 3))],
            new PixelReadSettings((uint)width, (uint)height, StorageType.Char, PixelMapping.RGB));
        Turn(image, orientation);
        var stored = new bool[image.Height, image.Width];
        using var pixels = image.GetPixels();
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                stored[y, x] = pixels.GetPixel(x, y).ToColor()!.R > 127;
            }
        }

        return stored;
    }

    // White masks on black.
    private static bool[] Cover(Picture like)
    {
        var picture = new Picture(like.Width, like.Height);
        new FaceMasker(s_solid with { Color = new MaskColor(255, 255, 255) }).Apply(picture, s_faces);
        return [.. Enumerable.Range(0, like.Width * like.Height).Select(i => picture.Pixels[3 * i] == 255)];
    }

    // Upright pixels in squares of 16 px of the stored file that are covered all over.
    private static Picture Within(bool[] cover, Picture inside, Picture outside)
    {
        var picture = new Picture(outside.Width, outside.Height, [.. outside.Pixels]);
        for (var i = 0; i < cover.Length; i++)
        {
            if (cover[i])
            {
                inside.Pixels.AsSpan(3 * i, 3).CopyTo(picture.Pixels.AsSpan(3 * i));
            }
        }

        return picture;
    }

    private static bool[] Inner(bool[] cover, Picture upright, int orientation)
    {
        var stored = Stored(cover, upright, orientation);
        var inner = new bool[stored.GetLength(0) * stored.GetLength(1)];
        for (var y = 0; y < stored.GetLength(0); y++)
        {
            for (var x = 0; x < stored.GetLength(1); x++)
            {
                var all = true;
                for (var i = 0; i < 256 && all; i++)
                {
                    var (column, row) = ((x / 16 * 16) + (i % 16), (y / 16 * 16) + (i / 16));
                    all = row < stored.GetLength(0) && column < stored.GetLength(1) && stored[row, column];
                }

                inner[(y * stored.GetLength(1)) + x] = all;
            }
        }

        // Turned back.
        var back = Turned(
            inner, stored.GetLength(1), stored.GetLength(0), orientation switch { 6 => 8, 8 => 6, _ => orientation });
        return [.. back.Cast<bool>()];
    }

    private static void Turn(MagickImage image, int orientation)
    {
        switch (orientation)
        {
            case 2: image.Flop(); break;
            case 3: image.Rotate(180); break;
            case 4: image.Flip(); break;
            case 5: image.Transpose(); break;
            case 6: image.Rotate(-90); break;
            case 7: image.Transverse(); break;
            case 8: image.Rotate(90); break;
            default: break;
        }
    }

    private static byte[] TestCells()
    {
        using var image = new MagickImage(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));
        image.Crop(new MagickGeometry(300, 250, 163, 121));
        image.ResetPage();
        return image.ToByteArray(MagickFormat.Png);
    }

    private static byte[] Jpeg(string sampling, bool progressive, int orientation)
    {
        using var image = new MagickImage(TestCells());
        Turn(image, orientation);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.SetProfile(exif);
        image.Orientation = (Orientation)orientation;
        image.Quality = 88;
        if (sampling == "grey")
        {
            image.ColorType = ColorType.Grayscale;
        }
        else
        {
            image.Colorize(MagickColors.Orange, new Percentage(20));
            image.ColorType = ColorType.TrueColor;
            image.Settings.SetDefine(MagickFormat.Jpeg, "sampling-factor", sampling);
        }

        return image.ToByteArray(progressive ? MagickFormat.Pjpeg : MagickFormat.Jpeg);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
