using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

/// <summary>Orientation and gamma in PNG files, and the orientation in WebP files.</summary>
public class PngChunksTests
{
    private const int Plain = 45_455;
    private static readonly int[] Srgb = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
    private static readonly int[] Wide = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];

    public static MatrixTheoryData<int, string> Orientations =>
        new(Enumerable.Range(1, 8), ["png", "png with its EXIF data at the end", "png with JPEG's marker", "webp"]);

    [Theory]
    [MemberData(nameof(Orientations))]
    public void a_picture_is_turned_upright_by_its_exif_data(int orientation, string kind)
    {
        var bytes = Stored(orientation, kind);
        PictureFile.Decode(bytes, kind).ShouldBeNear(
            TestPictures.Cells(), tolerance: kind == "webp" ? 8 : 0, border: 2);
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void the_size_is_that_of_the_upright_picture(int orientation, string kind)
    {
        var bytes = Stored(orientation, kind);
        PictureSize.Read(bytes, kind).ShouldBe(new PictureSize(48, 32));
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            PictureSize.Read(path).ShouldBe(new PictureSize(48, 32));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("MM\0*")]
    [InlineData("MM\0*\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("II*\0\b\0\0\0\u00ff\u00ff")]
    [InlineData("not EXIF at all")]
    public void damaged_exif_data_turn_nothing(string exif) => PictureFile.Decode(
            FileChunks.WithPngChunk(
                TestPictures.ReferenceBytes("cells.png"), "eXIf", System.Text.Encoding.Latin1.GetBytes(exif)),
                "odd.png")
        .ShouldBeNear(TestPictures.Cells(), 0);

    [Fact]
    public void a_gamma_that_stands_for_srgb_changes_no_value()
    {
        foreach (var gamma in (int[])[Plain, 45_000, 45_454, 46_000])
        {
            Decode(gamma, null).ShouldBeNear(Ramp(), 0);
            Decode(gamma, Srgb).ShouldBeNear(Ramp(), 0);
        }
    }

    [Fact]
    public void another_gamma_and_other_primaries_are_heeded()
    {
        Decode(100_000, null).Pixels.ShouldNotBe(Ramp().Pixels);
        Decode(55_556, null).Pixels.ShouldNotBe(Ramp().Pixels);
        Decode(Plain, Wide).Pixels.ShouldNotBe(Ramp().Pixels);
    }

    // Each level of red once, beside other colours.
    private static Picture Ramp() => TestPictures.Make(256, 4, (x, y) => ((byte)x, (byte)(255 - x), (byte)(60 * y)));

    private static Picture Decode(int gamma, int[]? primaries)
    {
        var png = WithoutSrgb(PictureFile.Encode(Ramp(), PictureFormat.Png));
        png = FileChunks.WithPngChunk(png, "gAMA", FileChunks.BigEndian(gamma));
        return PictureFile.Decode(
            primaries is null
                ? png
                : FileChunks.WithPngChunk(png, "cHRM", [.. primaries.SelectMany(FileChunks.BigEndian)]),
            "ramp.png");
    }

    // Our own files say that they are sRGB; those in question do not.
    private static byte[] WithoutSrgb(byte[] png)
    {
        foreach (var type in (byte[][])[[.. "sRGB"u8], [.. "iCCP"u8], [.. "cICP"u8]])
        {
            if (png.AsSpan().IndexOf(type) is > 0 and var at)
            {
                var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4));
                png = [.. png[..(at - 4)], .. png[(at + 8 + length)..]];
            }
        }

        return png;
    }

    // The cells as a device stores them that says so; see OrientationTests for what each number means.
    private static byte[] Stored(int orientation, string kind)
    {
        var upright = TestPictures.Cells();
        var turned = orientation >= 5;
        var stored = TestPictures.Make(turned ? 32 : 48, turned ? 48 : 32, (x, y) =>
        {
            var (u, v) = orientation switch
            {
                2 => (47 - x, y),
                3 => (47 - x, 31 - y),
                4 => (x, 31 - y),
                5 => (y, x),
                6 => (47 - y, x),
                7 => (47 - y, 31 - x),
                8 => (y, 31 - x),
                _ => (x, y),
            };
            var at = upright.OffsetOf(u, v);
            return (upright.Pixels[at], upright.Pixels[at + 1], upright.Pixels[at + 2]);
        });
        var exif = FileChunks.Exif((ushort)orientation);
        return kind switch
        {
            "webp" => FileChunks.WithWebpExif(
                PictureFile.Encode(stored, PictureFormat.Webp, 100), stored.Width, stored.Height, exif),
            "png with JPEG's marker" => FileChunks.WithPngChunk(
                PictureFile.Encode(stored, PictureFormat.Png), "eXIf", [.. "Exif\0\0"u8, .. exif]),
            _ => FileChunks.WithPngChunk(
                PictureFile.Encode(stored, PictureFormat.Png), "eXIf", exif, atEnd: kind.EndsWith("end")),
        };
    }
}
