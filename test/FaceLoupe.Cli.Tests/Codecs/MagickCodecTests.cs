using FaceLoupe.Codecs;
using FaceLoupe.Imaging;
using FaceLoupe.Tests.Imaging;
using ImageMagick;

namespace FaceLoupe.Cli.Tests.Codecs;

public sealed class MagickCodecTests
{
    public MagickCodecTests() => MoreFormats.Enable();

    public static TheoryData<MagickFormat> Writable =>
        [MagickFormat.Tiff, MagickFormat.Avif, MagickFormat.Jxl, MagickFormat.Jp2, MagickFormat.J2k];

    [Theory]
    [MemberData(nameof(Writable))]
    public void formats_of_editors_are_read(MagickFormat format) => Show(Encoded(format), $"cells.{format}");

    [Fact]
    public void nothing_is_written_to_the_usual_place_of_temporary_files()
    {
        Assert.SkipUnless(
            Directory.Exists("/dev/shm") && Environment.GetEnvironmentVariable("TMPDIR") is null,
            "There is no place in memory.");
        using var watcher = new FileSystemWatcher(Path.GetTempPath(), "magick-*");
        var written = new List<string>();
        watcher.Created += (_, file) => written.Add(file.Name!);
        watcher.EnableRaisingEvents = true;

        PictureFile.Decode(TestPictures.ReferenceBytes("cells.heic"), "cells.heic");
        File.WriteAllText(Path.Combine(Path.GetTempPath(), "magick-end-of-test"), string.Empty);

        SpinWait.SpinUntil(() => written.Count > 0, TimeSpan.FromSeconds(10));
        File.Delete(Path.Combine(Path.GetTempPath(), "magick-end-of-test"));
        written.ShouldBe(["magick-end-of-test"]);
    }

    [Fact]
    public void what_telephones_write_is_read() => Show(TestPictures.ReferenceBytes("cells.heic"), "cells.heic");

    [Fact]
    public void a_turn_that_a_telephone_writes_twice_is_made_once()
    {
        var bytes = TestPictures.ReferenceBytes("cells-turned.heic");
        var cells = TestPictures.Cells();
        var turned = TestPictures.Make(32, 48, (x, y) =>
        {
            var at = cells.OffsetOf(y, 31 - x);
            return (cells.Pixels[at], cells.Pixels[at + 1], cells.Pixels[at + 2]);
        });

        PictureSize.Read(bytes, "turned.heic").ShouldBe(new PictureSize(32, 48));
        PictureFile.Decode(bytes, "turned.heic").ShouldBeNear(turned, tolerance: 8, border: 3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void a_tiff_is_turned_upright(int orientation)
    {
        using var image = Cells();
        image.Rotate(orientation switch { 3 => 180, 6 => -90, _ => 90 });
        image.Orientation = (ImageMagick.Orientation)orientation;
        Show(image.ToByteArray(MagickFormat.Tiff), "turned.tif");
    }

    [Fact]
    public void colours_are_turned_to_srgb_and_transparent_parts_lie_over_white()
    {
        using var image = Cells();
        image.Alpha(AlphaAction.Transparent);
        var picture = PictureFile.Decode(image.ToByteArray(MagickFormat.Tiff), "clear.tif");
        picture.Pixels.ShouldAllBe(value => value == 255);

        using var wide = Cells();
        wide.SetProfile(ColorProfiles.AdobeRGB1998);
        var adobe = PictureFile.Decode(wide.ToByteArray(MagickFormat.Tiff), "adobe.tif");
        adobe.Pixels.ShouldNotBe(TestPictures.Cells().Pixels);

        using var printed = Cells();
        printed.ColorSpace = ColorSpace.CMYK;
        PictureFile.Decode(printed.ToByteArray(MagickFormat.Tiff), "print.tif").ShouldShowCells();

        using var grey = Cells();
        grey.ColorSpace = ColorSpace.Gray;
        PictureFile.Decode(grey.ToByteArray(MagickFormat.Tiff), "grey.tif").Pixels.Chunk(3)
            .ShouldAllBe(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    }

    [Fact]
    public void messages_name_all_formats_that_are_read()
    {
        const string All = "JPEG, PNG, WebP, BMP, GIF, HEIC, AVIF, TIFF, JPEG XL or JPEG 2000";
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode([], "empty.jpg"))
            .Message.ShouldContain($"a {All} image was expected");
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode("text"u8, "text.jpg"))
            .Message.ShouldContain($"a {All} file was expected");
    }

    [Theory]
    [InlineData("cells.heic", 300)]
    [InlineData("cells.heic", 600)]
    [InlineData("cells.tif", 300)]
    public void what_a_decoder_says_is_reported_without_its_inner_places(string name, int bytes)
    {
        var message = Should.Throw<UnreadablePictureException>(
            () => PictureFile.Decode(TestPictures.ReferenceBytes(name).AsSpan(0, bytes), name)).Message;

        message.ShouldStartWith(name + ": the ");
        message.ShouldEndWith(").");
        foreach (var inner in (string[])["/tmp", "magick-", ".c/", "@", "`"])
        {
            message.ShouldNotContain(inner);
        }
    }

    [Fact]
    public void of_several_pages_the_first_is_read()
    {
        using var pages = new MagickImageCollection { Cells(), new MagickImage(MagickColors.Black, 10, 10) };
        Show(pages.ToByteArray(MagickFormat.Tiff), "pages.tif");
    }

    [Theory]
    [MemberData(nameof(Writable))]
    public void a_file_that_is_cut_short_is_never_taken_for_a_picture(MagickFormat format)
    {
        var bytes = Encoded(format, 3);
        foreach (var length in (int[])[1, 20, 60, bytes.Length / 4, bytes.Length / 2, bytes.Length * 3 / 4])
        {
            var fault = Should.Throw<UnreadablePictureException>(
                () => PictureFile.Decode(bytes.AsSpan(0, length), "half.bin"), $"{length} of {bytes.Length}");
            fault.Message.ShouldStartWith("half.bin: ");
            fault.Message.ShouldNotContain('\n');
        }
    }

    [Fact]
    public void half_a_heic_is_never_taken_for_a_picture()
    {
        var bytes = TestPictures.ReferenceBytes("cells.heic");
        Should.Throw<UnreadablePictureException>(
            () => PictureFile.Decode(bytes.AsSpan(0, bytes.Length - 60), "half.heic"))
            .Message.ShouldStartWith(
                "half.heic: the HEIC image is damaged, cut short or of a kind that cannot be decoded");
    }

    [Fact]
    public void a_picture_of_too_many_pixels_is_refused_by_its_header()
    {
        var bytes = Encoded(MagickFormat.Tiff);
        var little = bytes[0] == 'I';
        Claim(256, 60_000);
        Claim(257, 60_000);
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(bytes, "bomb.tif")).Message
            .ShouldStartWith("bomb.tif: ");

        void Claim(ushort tag, int value)
        {
            byte[] sought = little ? [(byte)tag, 1, 3, 0, 1, 0, 0, 0] : [1, (byte)tag, 0, 3, 0, 0, 0, 1];
            var at = bytes.AsSpan().IndexOf(sought);
            at.ShouldBeGreaterThan(0);
            (bytes[at + 8], bytes[at + 9]) = little
                ? ((byte)value, (byte)(value >> 8)) : ((byte)(value >> 8), (byte)value);
        }
    }

    [Theory]
    [InlineData(254, 4, 1u)] // a thumbnail
    [InlineData(262, 3, 32803u)] // values of the sensor
    [InlineData(50706, 1, 1u)] // DNG's version
    public void a_camera_s_raw_file_is_reported_from_a_tiff(int tag, int type, uint value)
    {
        byte[] file =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 1, 0, (byte)tag, (byte)(tag >> 8), (byte)type, 0, 1, 0, 0, 0,
            (byte)value, (byte)(value >> 8), 0, 0, 0, 0, 0, 0,
        ];
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(file, "raw.nef"))
            .Message.ShouldContain("camera raw files are not read");
    }

    private static MagickImage Cells() =>
        new(TestPictures.Cells().Pixels, new PixelReadSettings(48, 32, StorageType.Char, PixelMapping.RGB));

    private static byte[] Encoded(MagickFormat format, int times = 1)
    {
        using var image = Cells();
        image.Quality = 98;
        image.Scale((uint)(48 * times), (uint)(32 * times));
        image.Settings.Compression = CompressionMethod.NoCompression;
        return image.ToByteArray(format);
    }

    private static void Show(byte[] bytes, string name)
    {
        PictureSize.Read(bytes, name).ShouldBe(new PictureSize(48, 32));
        PictureFile.Decode(bytes, name).ShouldBeNear(TestPictures.Cells(), tolerance: 12, border: 3);
    }
}
