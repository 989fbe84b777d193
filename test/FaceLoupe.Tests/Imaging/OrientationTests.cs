using System.Buffers.Binary;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

/// <summary>
/// EXIF orientation: each test stores the cells as a camera held that way would, and expects them upright.
/// </summary>
public class OrientationTests
{
    [Fact]
    public void Orientation_1_row_0_is_the_top_and_column_0_the_left() =>
        ComesOutUpright(1, false, (x, y, _, _) => (x, y));

    [Fact]
    public void Orientation_2_row_0_is_the_top_and_column_0_the_right() =>
        ComesOutUpright(2, false, (x, y, right, _) => (right - x, y));

    [Fact]
    public void Orientation_3_row_0_is_the_bottom_and_column_0_the_right() =>
        ComesOutUpright(3, false, (x, y, right, bottom) => (right - x, bottom - y));

    [Fact]
    public void Orientation_4_row_0_is_the_bottom_and_column_0_the_left() =>
        ComesOutUpright(4, false, (x, y, _, bottom) => (x, bottom - y));

    [Fact]
    public void Orientation_5_row_0_is_the_left_and_column_0_the_top() =>
        ComesOutUpright(5, true, (x, y, _, _) => (y, x));

    [Fact]
    public void Orientation_6_row_0_is_the_right_and_column_0_the_top() =>
        ComesOutUpright(6, true, (x, y, right, _) => (right - y, x));

    [Fact]
    public void Orientation_7_row_0_is_the_right_and_column_0_the_bottom() =>
        ComesOutUpright(7, true, (x, y, right, bottom) => (right - y, bottom - x));

    [Fact]
    public void Orientation_8_row_0_is_the_left_and_column_0_the_bottom() =>
        ComesOutUpright(8, true, (x, y, _, bottom) => (y, bottom - x));

    [Fact]
    public void Little_endian_exif_is_read_too() =>
        ComesOutUpright(6, true, (x, y, right, _) => (right - y, x), littleEndian: true);

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void An_orientation_that_does_not_exist_is_upright(ushort orientation) =>
        ComesOutUpright(orientation, false, (x, y, _, _) => (x, y));

    /// <param name="orientation">Value of the EXIF tag.</param>
    /// <param name="turned">Whether the stored image's rows are the upright one's columns.</param>
    /// <param name="uprightOf">
    /// Upright place of a stored pixel: x, y, the upright image's last column and last row.
    /// </param>
    /// <param name="littleEndian">Byte order of the EXIF segment.</param>
    private static void ComesOutUpright(
        ushort orientation, bool turned, Func<int, int, int, int, (int X, int Y)> uprightOf, bool littleEndian = false)
    {
        var upright = TestPictures.Cells();
        var (width, height) = turned ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        var stored = TestPictures.Make(width, height, (x, y) =>
        {
            var (u, v) = uprightOf(x, y, upright.Width - 1, upright.Height - 1);
            var pixel = upright.Pixels.AsSpan(upright.OffsetOf(u, v), 3);
            return (pixel[0], pixel[1], pixel[2]);
        });
        var jpeg = PictureFile.Encode(stored, PictureFormat.Jpeg, 95);
        byte[] withExif = [.. jpeg[..2], .. ExifSegment(orientation, littleEndian), .. jpeg[2..]];

        PictureFile.Decode(withExif, "camera.jpg").ShouldShowCells();
    }

    // APP1: "Exif", a TIFF header, and one directory with one entry: tag 0x0112, type 3 (16 bits), count 1.
    private static byte[] ExifSegment(ushort orientation, bool littleEndian)
    {
        var tiff = new byte[26];
        Action<int, ushort> write = littleEndian
            ? (at, value) => BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(at), value)
            : (at, value) => BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), value);
        (littleEndian ? "II"u8 : "MM"u8).CopyTo(tiff);
        write(2, 42);
        write(littleEndian ? 4 : 6, 8); // offset of the directory, 32 bits
        write(8, 1);
        write(10, 0x0112);
        write(12, 3);
        write(littleEndian ? 14 : 16, 1); // count, 32 bits
        write(18, orientation);
        byte[] content = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content];
    }
}
