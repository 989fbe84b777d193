using FaceLoupe.Imaging;
using FaceLoupe.Imaging.Damage;

namespace FaceLoupe.Tests.Imaging.Damage;

public class PictureDamageTests
{
    private const int Trials = 200;

    // Entropy-coded bytes of the sample begin behind its tables.
    private const int ScanOfSample = 1_000;

    public static TheoryData<string> Healthy =>
    [
        "cells.jpg", "cells-progressive.jpg", "cells-gray.jpg", "cells-cmyk.jpg", "noise-restarts.jpg", "cells.png",
        "cells-alpha.png", "cells-palette.png", "too-wide.png", "cells.webp", "cells-lossless.webp",
        "cells.bmp", "cells.gif",
    ];

    [Theory]
    [MemberData(nameof(Healthy))]
    public void healthy_files_raise_no_alarm(string name) =>
        PictureDamage.Of(TestPictures.ReferenceBytes(name)).ShouldBeNull();

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Webp)]
    public void whatever_is_encoded_raises_no_alarm(PictureFormat format)
    {
        var random = new Random(6);
        for (var i = 0; i < 60; i++)
        {
            var picture = new Picture(1 + random.Next(90), 1 + random.Next(90));
            random.NextBytes(picture.Pixels);
            var file = PictureFile.Encode(picture, format, 1 + random.Next(100));
            PictureDamage.Of(file).ShouldBeNull();
            PictureFile.Decode(file, "a").Damage.ShouldBeNull();
        }
    }

    [Fact]
    public void photographs_raise_no_alarm()
    {
        PictureDamage.Of(Sample()).ShouldBeNull();
        var folder = SharedFolder.PathOrSkip("data");
        string[] files =
            [.. Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        for (var i = 0; i < files.Length; i += Math.Max(1, files.Length / 100))
        {
            PictureDamage.Of(File.ReadAllBytes(files[i])).ShouldBeNull(files[i]);
        }
    }

    [Theory]
    [InlineData("sample", Trials)]
    [InlineData("cells-progressive.jpg", 60)]
    [InlineData("noise-restarts.jpg", 100)]
    public void a_jpeg_that_is_cut_with_an_end_marker_put_behind_is_reported(string name, int trials)
    {
        var whole = name == "sample" ? Sample() : TestPictures.ReferenceBytes(name);
        var scan = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;
        for (var i = 0; i < trials; i++)
        {
            var cut = name == "sample" ? ScanOfSample + (int)((whole.Length - 1_100L) * i / trials)
                : 20 + ((scan - 20) * i / trials);
            IsReported([.. whole[..cut], 0xFF, 0xD9]).ShouldBeTrue($"cut at {cut}");
        }

        IsReported([.. Sample()[..5_000], 0xFF, 0xD9]).ShouldBeTrue();
    }

    // JPEG's codes find back to each other after a few blocks, so that one changed byte of a large file may leave no
    // trace but a wrong block.
    [Theory]
    [InlineData("sample", 1, 0.25)]
    [InlineData("sample", 8, 0.85)]
    [InlineData("sample", 32, 1.0)]
    [InlineData("noise-restarts.jpg", 1, 0.4)]
    [InlineData("noise-restarts.jpg", 8, 0.95)]
    [InlineData("png", 1, 1.0)]
    public void changed_bytes_are_reported(string name, int changes, double share)
    {
        var whole = name switch
        {
            "sample" => Sample(),
            "png" => PictureFile.Encode(TestPictures.Cells(), PictureFormat.Png),
            _ => TestPictures.ReferenceBytes(name),
        };
        var random = new Random(115);
        var first = name == "sample" ? ScanOfSample : name == "png" ? 8
            : whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;
        var reported = 0;
        for (var i = 0; i < Trials; i++)
        {
            var file = whole.ToArray();
            for (var change = 0; change < changes; change++)
            {
                file[random.Next(first, whole.Length - 2)] ^= (byte)(1 + random.Next(255));
            }

            reported += IsReported(file) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{reported} of {Trials}");
        reported.ShouldBeGreaterThanOrEqualTo((int)(share * Trials), $"{reported} of {Trials}");
    }

    [Fact]
    public void lost_restart_markers_are_reported()
    {
        var whole = TestPictures.ReferenceBytes("noise-restarts.jpg");
        var found = 0;
        for (var at = 600; at + 1 < whole.Length; at++)
        {
            if (whole[at] == 0xFF && whole[at + 1] is >= 0xD0 and <= 0xD7)
            {
                found++;
                IsReported([.. whole[..at], .. whole[(at + 2)..]]).ShouldBeTrue($"lost at {at}");
            }
        }

        found.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Webp)]
    public void a_file_that_is_cut_is_reported(PictureFormat format)
    {
        var whole = PictureFile.Encode(TestPictures.Cells(), format);
        for (var cut = 1; cut < whole.Length; cut++)
        {
            IsReported(whole[..cut]).ShouldBeTrue($"cut at {cut} of {whole.Length}");
        }
    }

    // Refused, or reported.
    private static bool IsReported(byte[] file)
    {
        try
        {
            return PictureDamage.Of(file) is not null || PictureFile.Decode(file, "a").Damage is not null;
        }
        catch (UnreadablePictureException)
        {
            return true;
        }
    }

    private static byte[] Sample() => File.ReadAllBytes(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));
}
