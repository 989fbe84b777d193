using BitMiracle.LibJpeg.Classic;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using ImageMagick;
using static FaceLoupe.Cli.Tests.Blurring.JpegScenes;

namespace FaceLoupe.Cli.Tests.Blurring;

public sealed class JpegMaskerTests : IDisposable
{
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
        var masker = new FaceMasker(Solid);
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

        // Every masked pixel has the colour of the mask, up to quantisation.
        var written = PictureFile.Decode(bytes!, "written.jpg");
        var errors = Enumerable.Range(0, cover.Length).Where(i => cover[i])
            .Select(i => Math.Abs(Light(written, i) - Light(masked, i))).Order().ToArray();
        errors.Average().ShouldBeLessThan(4);
        errors[(int)(errors.Length * 0.99)].ShouldBeLessThan(30);

        // Another face under the mask gives the same bytes.
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
        new FaceMasker(Solid).Apply(hard, faces);
        new FaceMasker(Solid with { Feather = 0.3f }).Apply(masked, faces);
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
            restarted, Masked(new FaceMasker(Solid), upright), Cover(upright), out var reason);

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

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
