using System.Buffers.Binary;
using System.Diagnostics;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public class PictureDecoderTests
{
    public static TheoryData<string> Truncatable =>
    [
        "cells.png", "cells.bmp", "cells.gif", "cells.jpg", "cells-progressive.jpg", "cells-cmyk.jpg", "cells.webp",
        "cells-lossless.webp",
    ];

    [Theory]
    [InlineData("cells.png")]
    [InlineData("cells-palette.png")]
    [InlineData("cells.bmp")]
    [InlineData("cells.gif")]
    [InlineData("cells-lossless.webp")]
    public void Every_exact_format_decodes(string name) =>
        PictureFile.Read(TestPictures.ReferencePath(name)).ShouldBeNear(TestPictures.Cells(), tolerance: 0);

    [Theory]
    [InlineData("cells.jpg")]
    [InlineData("cells-progressive.jpg")]
    [InlineData("cells-cmyk.jpg")]
    [InlineData("cells.webp")]
    public void Every_lossy_format_decodes(string name) =>
        PictureFile.Read(TestPictures.ReferencePath(name)).ShouldShowCells();

    [Theory]
    [InlineData("cells.jpg", 0xC0)]
    [InlineData("cells-progressive.jpg", 0xC2)]
    public void A_small_jpeg_that_claims_a_hundred_million_pixels_is_refused_at_once(string name, byte frame)
    {
        var file = TestPictures.ReferenceBytes(name);
        var size = file.AsSpan().IndexOf([(byte)0xFF, frame]) + 5;
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(size), 10_000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(size + 2), 10_000);
        var clock = Stopwatch.StartNew();

        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(file, "a.jpg")).Message.ShouldBe(
            $"a.jpg: 10000x10000 pixels do not fit into its {file.Length} bytes: the file is cut short: the image's "
            + "end is missing; get a whole copy.");

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_large_jpeg_of_one_colour_is_read()
    {
        var file = PictureFile.Encode(new Picture(5_000, 4_000), PictureFormat.Jpeg, 1);
        PictureFile.Decode(file, "a.jpg").Damage.ShouldBeNull();
    }

    [Fact]
    public void Gray_pictures_get_three_equal_channels()
    {
        var picture = PictureFile.Read(TestPictures.ReferencePath("cells-gray.jpg"));
        picture.Pixels.Chunk(3).ShouldAllBe(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        ((double)picture.Pixels[0]).ShouldBe(76, 3); // red: 0.299 x 255
    }

    [Fact]
    public void Transparent_parts_lie_over_white() =>
        PictureFile.Read(TestPictures.ReferencePath("cells-alpha.png")).ShouldBeNear(
        TestPictures.Make(48, 32, (x, y) => (x / 16, y / 16) switch
        {
            (0, 0) => (255, 0, 0),
            (0, _) => (255, 255, 0),
            (1, 0) => (127, 255, 127),
            (1, _) => (255, 127, 255),
            _ => (255, 255, 255),
        }),
        tolerance: 1);

    [Theory]
    [MemberData(nameof(Truncatable))]
    public void A_truncated_file_is_never_taken_for_a_picture(string name)
    {
        var bytes = TestPictures.ReferenceBytes(name);
        var end = name == "cells.gif" ? FirstGifFrameEnd(bytes) : bytes.Length;
        for (var length = 1; length < end - 40; length++)
        {
            var fault = Should.Throw<UnreadablePictureException>(
                () => PictureFile.Decode(bytes.AsSpan(0, length), "half.bin"), $"cut to {length} of {bytes.Length}");
            fault.Message.ShouldStartWith("half.bin: ");
            fault.Message.ShouldNotContain('\n');
        }
    }

    [Theory]
    [InlineData("cells.jpg")]
    [InlineData("cells-progressive.jpg")]
    [InlineData("cells.png")]
    public void A_file_cut_in_its_pixels_is_called_cut_short(string name)
    {
        var bytes = TestPictures.ReferenceBytes(name);
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(bytes.AsSpan(0, bytes.Length - 45), name))
            .Message.ShouldBe($"{name}: the file is cut short: the image's end is missing; get a whole copy.");
    }

    [Fact]
    public void A_thumbnail_s_end_is_not_taken_for_the_picture_s()
    {
        var whole = TestPictures.ReferenceBytes("cells-progressive.jpg");
        byte[] thumbnail = [0xFF, 0xE1, 0x00, 0x06, 0xFF, 0xD8, 0xFF, 0xD9];
        byte[] bytes = [.. whole[..2], .. thumbnail, .. whole[2..]];
        PictureFile.Decode(bytes, "whole.jpg").ShouldShowCells();
        Should.Throw<UnreadablePictureException>(
            () => PictureFile.Decode(bytes.AsSpan(0, bytes.Length - 40), "half.jpg"))
            .Message.ShouldContain("cut short");
    }

    [Fact]
    public void Bytes_after_the_end_do_no_harm() => PictureFile
        .Decode((byte[])[.. TestPictures.ReferenceBytes("cells-progressive.jpg"), 0, 1, 2, 3], "padded.jpg")
        .ShouldShowCells();

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("this is a letter, not a photograph", "not an image that can be read")]
    [InlineData("%PDF-1.7", "not an image that can be read")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "not an image that can be read")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "HEIC files are read with the package FaceLoupe.Codecs only")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0", "is a video, not an image")]
    [InlineData("II*\0\u0010\0\0\0CR\u0002\0", "camera raw files are not read")]
    [InlineData("8BPS\0\u0001\0\0\0\0\0\0", "format (Photoshop, OpenEXR, JPEG XR or QOI) is not read")]
    [InlineData("II*\0\u0008\0\0\0", "TIFF files are read with the package FaceLoupe.Codecs only")]
    [InlineData("GIF89a", "damaged or cut short")]
    public void Other_bytes_are_reported_apart(string content, string expected)
    {
        var fault = Should.Throw<UnreadablePictureException>(
            () => PictureFile.Decode(System.Text.Encoding.Latin1.GetBytes(content), "letter.jpg"));
        fault.Message.ShouldStartWith("letter.jpg: ");
        fault.Message.ShouldContain(expected);
        fault.Message.ShouldNotContain('\n');
    }

    [Fact]
    public void Tiff_is_refused_by_name() =>
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(TestPictures.ReferencePath("cells.tif")))
            .Message.ShouldEndWith(
                "cells.tif: TIFF files are read with the package FaceLoupe.Codecs only; add it, or convert the file to "
                + "JPEG or PNG first.");

    [Fact]
    public void Too_wide_a_picture_is_refused() =>
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(TestPictures.ReferencePath("too-wide.png")))
            .Message.ShouldContain("70000x1 pixels are more than can be read");

    [Fact]
    public void A_header_of_900_megapixels_is_refused_before_memory_is_taken()
    {
        var bytes = TestPictures.ReferenceBytes("cells.bmp");
        BitConverter.TryWriteBytes(bytes.AsSpan(18), 30_000).ShouldBeTrue();
        BitConverter.TryWriteBytes(bytes.AsSpan(22), 30_000).ShouldBeTrue();
        Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(bytes, "bomb.bmp"))
            .Message.ShouldBe(
                "bomb.bmp: 30000x30000 pixels are more than can be read (65535 per side, 400 million in all); cut or "
                    + "shrink it first.");
    }

    // The second frame's image descriptor follows the graphic control extension: only what is before it is read.
    private static int FirstGifFrameEnd(byte[] bytes) => bytes.AsSpan().LastIndexOf((byte[])[0x21, 0xF9, 0x04]);
}
