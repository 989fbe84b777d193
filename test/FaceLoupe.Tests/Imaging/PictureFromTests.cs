using FaceLoupe.Imaging;
using SkiaSharp;
using static FaceLoupe.Tests.Imaging.TestPictures;

namespace FaceLoupe.Tests.Imaging;

public class PictureFromTests
{
    [Theory]
    [InlineData(PixelLayout.Rgb24, 0)]
    [InlineData(PixelLayout.Rgb24, 5)]
    [InlineData(PixelLayout.Bgr24, 0)]
    [InlineData(PixelLayout.Bgr24, 1)]
    [InlineData(PixelLayout.Rgba32, 0)]
    [InlineData(PixelLayout.Rgba32, 4)]
    [InlineData(PixelLayout.Bgra32, 0)]
    [InlineData(PixelLayout.Bgra32, 7)]
    public void raw_pixels_of_every_layout_and_stride_are_the_same_picture(PixelLayout layout, int padding)
    {
        var (bytes, stride) = Lay(Cells(), layout, padding);

        Picture.FromPixels(bytes, 48, 32, layout, stride).ShouldBeNear(Cells(), tolerance: 0);
    }

    [Fact]
    public void gray_becomes_three_equal_channels() =>
        Picture.FromPixels([0, 10, 99, 20, 30, 99], 2, 2, PixelLayout.Gray8, stride: 3).Pixels
            .ShouldBe([0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 30, 30]);

    [Fact]
    public void transparent_pixels_lie_over_white()
    {
        Picture.FromPixels([200, 100, 0, 0], 1, 1, PixelLayout.Rgba32).Pixels.ShouldBe([255, 255, 255]);
        Picture.FromPixels([200, 100, 0, 128], 1, 1, PixelLayout.Rgba32).Pixels.ShouldBe([227, 177, 127]);
        Picture.FromPixels([200, 100, 0, 128], 1, 1, PixelLayout.Bgra32).Pixels.ShouldBe([127, 177, 227]);
    }

    [Fact]
    public void the_last_row_needs_no_padding_and_what_follows_is_left_alone()
    {
        Picture.FromPixels([1, 2, 3, 0, 4, 5, 6], 1, 2, PixelLayout.Rgb24, stride: 4).Pixels.ShouldBe(
            [1, 2, 3, 4, 5, 6]);
        Picture.FromPixels([1, 2, 3, 4, 5, 6, 7, 8], 1, 2, PixelLayout.Rgb24).Pixels.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [InlineData(0, 1, PixelLayout.Rgb24, 0, "width")]
    [InlineData(1, -1, PixelLayout.Rgb24, 0, "height")]
    [InlineData(30_000, 30_000, PixelLayout.Gray8, 0, "400 million")]
    [InlineData(2, 2, PixelLayout.Rgb24, 5, "the stride is 5")]
    [InlineData(2, 2, PixelLayout.Rgb24, -6, "the stride is -6")]
    [InlineData(2, 2, PixelLayout.Rgba32, 0, "need 16 bytes, 12 were given")]
    [InlineData(2, 2, PixelLayout.Rgb24, 7, "need 13 bytes, 12 were given")]
    [InlineData(2, 2, (PixelLayout)9, 0, "no such layout")]
    public void what_cannot_be_a_picture_is_refused(
        int width, int height, PixelLayout layout, int stride, string reported) =>
        Should.Throw<ArgumentException>(() => Picture.FromPixels(new byte[12], width, height, layout, stride))
            .Message.ShouldContain(reported);

    [Theory]
    [InlineData(SKColorType.Rgba8888)]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.RgbaF16)]
    public void skia_bitmaps_and_images_of_any_colour_type_are_the_same_picture(SKColorType type)
    {
        using var bitmap = Bitmap(type);
        using var image = SKImage.FromBitmap(bitmap);

        Picture.FromBitmap(bitmap).ShouldBeNear(Cells(), tolerance: 1);
        Picture.FromImage(image).ShouldBeNear(Cells(), tolerance: 1);
    }

    [Fact]
    public void a_part_of_a_skia_bitmap_has_the_stride_of_the_whole()
    {
        using var whole = Bitmap(SKColorType.Bgra8888);
        using var part = new SKBitmap();
        whole.ExtractSubset(part, new SKRectI(16, 16, 48, 32)).ShouldBeTrue();

        var picture = Picture.FromBitmap(part);

        (picture.Width, picture.Height).ShouldBe((32, 16));
        picture.Pixels[..3].ShouldBe([255, 0, 255]);
        picture.Pixels[^3..].ShouldBe([16, 32, 64]);
    }

    [Fact]
    public void half_transparent_skia_pixels_lie_over_white_too()
    {
        using var bitmap = new SKBitmap(1, 1, SKColorType.Bgra8888, SKAlphaType.Premul);
        bitmap.SetPixel(0, 0, new SKColor(255, 0, 0, 128));

        Picture.FromBitmap(bitmap).Pixels.ShouldBe([255, 127, 127]);
    }

    [Fact]
    public void an_empty_skia_bitmap_is_refused()
    {
        using var bitmap = new SKBitmap();
        Should.Throw<ArgumentException>(() => Picture.FromBitmap(bitmap)).Message.ShouldContain("no pixels");
    }

    [Fact]
    public async Task streams_are_read_from_where_they_stand_and_stay_open()
    {
        using var stream = new MemoryStream([1, 2, 3, .. ReferenceBytes("cells.png")]);
        stream.Position = 3;
        PictureFile.Read(stream).ShouldBeNear(Cells(), tolerance: 0);
        stream.Position = 3;
        (await PictureFile.ReadAsync(stream)).ShouldBeNear(Cells(), tolerance: 0);
        stream.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task faults_of_streams_name_the_file_where_there_is_one()
    {
        await using var file = File.OpenRead(ReferencePath("cells.tif"));
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(file)).Message.ShouldStartWith(file.Name);
        (await Should.ThrowAsync<UnreadablePictureException>(() => PictureFile.ReadAsync(new MemoryStream())))
            .Message.ShouldStartWith("the stream: the file is empty");
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(new MemoryStream([7]), "upload 5"))
            .Message.ShouldStartWith("upload 5: not an image");
    }

    [Fact]
    public async Task a_stream_that_breaks_off_is_reported_in_one_line()
    {
        using var stream = new BrokenStream();
        Should.Throw<UnreadablePictureException>(() => PictureFile.Read(stream)).Message.ShouldContain(
            "line one line two");
        (await Should.ThrowAsync<UnreadablePictureException>(() => PictureFile.ReadAsync(stream)))
            .InnerException.ShouldBeOfType<IOException>();
    }

    private static SKBitmap Bitmap(SKColorType type)
    {
        var bitmap = new SKBitmap(48, 32, type, SKAlphaType.Premul);
        var cells = Cells();
        for (var y = 0; y < 32; y++)
        {
            for (var x = 0; x < 48; x++)
            {
                var at = cells.OffsetOf(x, y);
                bitmap.SetPixel(x, y, new SKColor(cells.Pixels[at], cells.Pixels[at + 1], cells.Pixels[at + 2]));
            }
        }

        return bitmap;
    }

    // Padding is filled with a colour of its own, so that reading it shows.
    private static (byte[] Bytes, int Stride) Lay(Picture picture, PixelLayout layout, int padding)
    {
        var bytes = new List<byte>();
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (r, g, b) = (picture.Pixels[picture.OffsetOf(x, y)], picture.Pixels[picture.OffsetOf(x, y) + 1],
                    picture.Pixels[picture.OffsetOf(x, y) + 2]);
                bytes.AddRange(layout switch
                {
                    PixelLayout.Rgb24 => [r, g, b],
                    PixelLayout.Bgr24 => [b, g, r],
                    PixelLayout.Rgba32 => [r, g, b, 255],
                    _ => (byte[])[b, g, r, 255],
                });
            }

            bytes.AddRange(Enumerable.Repeat((byte)77, padding));
        }

        return ([.. bytes], padding == 0 ? 0 : bytes.Count / picture.Height);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void CopyTo(Stream destination, int bufferSize) => throw new IOException("line one\nline two");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            Task.FromException(new IOException("line one\nline two"));
    }
}
