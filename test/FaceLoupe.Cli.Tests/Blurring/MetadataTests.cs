using System.Buffers.Binary;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>A photograph as stored by a phone: rotated, with its location and a thumbnail.</summary>
public sealed class MetadataTests : IDisposable
{
    private static readonly Box Place = Square(16, 2, 3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-metadata-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("out.jpg")]
    [InlineData("out.png")]
    [InlineData("out.webp")]
    public void gps_and_all_other_metadata_go_and_the_picture_stands_upright(string name)
    {
        var upright = Scene(100, 90, (Place, White));
        var path = Path.Combine(_folder.FullName, "phone.jpg");
        var photograph = Photograph(upright);
        File.WriteAllBytes(path, photograph);
        Contains(photograph, "Exif").ShouldBeTrue();
        Contains(photograph, "PLACE").ShouldBeTrue();
        PictureFile.Read(path).Width.ShouldBe(100); // or the test's own EXIF is wrong
        var target = Path.Combine(_folder.FullName, name);

        CliCall.Run("blur", path, "--out", target, "--mask", "solid", "--color", "grey", "--model", Folder)
            .ExitCode.ShouldBe(0);

        var bytes = File.ReadAllBytes(target);

        // A JPEG file keeps its orientation, in EXIF data of one entry.
        var exif = bytes.AsSpan().IndexOf(
            (byte[])[.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]);
        (exif > 0).ShouldBe(name == "out.jpg");
        bytes.AsSpan().Count("Exif"u8).ShouldBe(name == "out.jpg" ? 1 : 0);
        foreach (var marker in new[] { "EXIF", "eXIf", "PLACE", "http://ns.adobe.com", "Photoshop", "XMP " })
        {
            Contains(bytes, marker).ShouldBeFalse(marker);
        }

        var after = PictureFile.Read(target);
        (after.Width, after.Height).ShouldBe((100, 90));
        ((int)after.Pixels[after.OffsetOf((int)Place.CenterX, (int)Place.CenterY)]).ShouldBeInRange(120, 136);
    }

    private static bool Contains(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text)) >= 0;

    // Stored as a camera held sideways does (orientation 6: the first row is the right side), with APP1 segments.
    private static byte[] Photograph(Picture upright)
    {
        var stored = new Picture(upright.Height, upright.Width);
        for (var y = 0; y < stored.Height; y++)
        {
            for (var x = 0; x < stored.Width; x++)
            {
                var from = upright.OffsetOf(upright.Width - 1 - y, x);
                upright.Pixels.AsSpan(from, 3).CopyTo(stored.Pixels.AsSpan(stored.OffsetOf(x, y)));
            }
        }

        var jpeg = PictureFile.Encode(stored, PictureFormat.Jpeg, 95);
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x>PLACE</x>"u8];
        return [.. jpeg[..2], .. App1([.. "Exif\0\0"u8, .. Tiff()]), .. App1(xmp), .. jpeg[2..]];
    }

    private static byte[] App1(byte[] content) => [0xFF, 0xE1, 0, (byte)(content.Length + 2), .. content];

    // Directory 0: orientation, pointer to the GPS directory. GPS directory: latitude, and the name of the place.
    private static byte[] Tiff()
    {
        var tiff = new byte[8 + 30 + 30 + 24 + 16];
        "MM"u8.CopyTo(tiff);
        Write16(2, 42);
        Write32(4, 8);
        Write16(8, 2);
        Entry(10, 0x0112, 3, 1, 6 << 16);
        Entry(22, 0x8825, 4, 1, 38);
        Write16(38, 2);
        Entry(40, 0x0002, 5, 3, 68);
        Entry(52, 0x001C, 7, 13, 92);
        (uint Up, uint Down)[] latitude = [(50, 1), (50, 1), (123, 10)];
        for (var i = 0; i < 3; i++)
        {
            Write32(68 + (8 * i), latitude[i].Up);
            Write32(72 + (8 * i), latitude[i].Down);
        }

        "ASCII\0\0\0PLACE"u8.CopyTo(tiff.AsSpan(92));
        return tiff;

        void Write16(int at, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), value);
        void Write32(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at), value);
        void Entry(int at, ushort tag, ushort type, uint count, uint value)
        {
            Write16(at, tag);
            Write16(at + 2, type);
            Write32(at + 4, count);
            Write32(at + 8, value);
        }
    }
}
