using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

/// <summary>
/// A JPEG without its end marker has lost nothing that anybody sees; one byte more may be a row of pixels.
/// </summary>
public class JpegEndTests
{
    public static TheoryData<string> Files =>
        ["cells.jpg", "cells-progressive.jpg", "cells-gray.jpg", "cells-cmyk.jpg", "noise.jpg", "restarts.jpg"];

    [Theory]
    [MemberData(nameof(Files))]
    public void a_jpeg_that_lacks_only_its_end_marker_is_read_to_the_last_pixel(string name)
    {
        var whole = Bytes(name);
        whole[^2..].ShouldBe([0xFF, 0xD9]);
        var pixels = PictureFile.Decode(whole, name).Pixels;

        PictureFile.Decode(whole.AsSpan(0, whole.Length - 1), name).Pixels.ShouldBe(pixels);
        PictureFile.Decode(whole.AsSpan(0, whole.Length - 2), name).Pixels.ShouldBe(pixels);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void whatever_is_read_of_a_cut_file_has_all_of_its_pixels(string name)
    {
        var whole = Bytes(name);
        var pixels = PictureFile.Decode(whole, name).Pixels;
        var read = 0;
        for (var missing = 3; missing < whole.Length - 2; missing += missing < 200 ? 1 : 97)
        {
            try
            {
                PictureFile.Decode(whole.AsSpan(0, whole.Length - missing), name).Pixels.ShouldBe(pixels);
                read++;
            }
            catch (UnreadablePictureException fault)
            {
                fault.Message.ShouldStartWith($"{name}: ");
            }
        }

        // The last byte may be nothing but the bits that fill it up.
        read.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void a_file_cut_just_before_a_restart_marker_is_cut_short()
    {
        var whole = Bytes("restarts.jpg");
        var cuts = Enumerable.Range(0, whole.Length - 1)
            .Where(i => whole[i] == 0xFF && whole[i + 1] is >= 0xD0 and <= 0xD7).ToArray();
        cuts.Length.ShouldBeGreaterThan(4);
        foreach (var cut in cuts)
        {
            Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(whole.AsSpan(0, cut), "cut.jpg"))
                .Message.ShouldContain("cut short");
        }
    }

    [Fact]
    public void a_progressive_file_that_lacks_a_whole_scan_is_cut_short()
    {
        var whole = Bytes("cells-progressive.jpg");
        var last = whole.AsSpan().LastIndexOf((byte[])[0xFF, 0xDA]);
        for (var end = last; end > 0 && whole.AsSpan(0, end).LastIndexOf((byte[])[0xFF, 0xDA]) > 0;
            end = whole.AsSpan(0, end).LastIndexOf((byte[])[0xFF, 0xDA]))
        {
            Should.Throw<UnreadablePictureException>(() => PictureFile.Decode(whole.AsSpan(0, end), "cut.jpg"))
                .Message.ShouldContain("cut short");
        }
    }

    private static byte[] Bytes(string name) => name switch
    {
        "noise.jpg" => PictureFile.Encode(Noise(), PictureFormat.Jpeg, 90),
        "restarts.jpg" => TestPictures.ReferenceBytes("noise-restarts.jpg"),
        _ => TestPictures.ReferenceBytes(name),
    };

    private static Picture Noise()
    {
        var random = new Random(5);
        return TestPictures.Make(70, 50, (_, _) =>
            ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
    }
}
