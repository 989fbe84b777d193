using BitMiracle.LibJpeg.Classic;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Blurring;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using ImageMagick;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>JPEG files of a part of the sample image, masks on them, and their coefficients.</summary>
internal static class JpegScenes
{
    /// <summary>Masked boxes, which do not coincide with blocks.</summary>
    public static Box[] Faces { get; } = [new(30.5f, 21.2f, 50, 61), new(133, 90, 30, 31)];

    /// <summary>Solid masks.</summary>
    public static MaskOptions Solid { get; } = new() { Kind = MaskKind.Solid, Color = new MaskColor(200, 60, 20) };

    public static double Light(Picture picture, int pixel) =>
        (0.299 * picture.Pixels[3 * pixel]) + (0.587 * picture.Pixels[(3 * pixel) + 1])
        + (0.114 * picture.Pixels[(3 * pixel) + 2]);

    public static Picture Masked(FaceMasker masker, Picture upright)
    {
        var copy = new Picture(upright.Width, upright.Height, [.. upright.Pixels]);
        masker.Apply(copy, Faces);
        return copy;
    }

    // The same image, rotated by 180 degrees.
    public static Picture Others(Picture like)
    {
        var others = new Picture(like.Width, like.Height, [.. like.Pixels]);
        Array.Reverse(others.Pixels);
        return others;
    }

    // All coefficients, by channel, column and row of the block, with the pixels that a block spans.
    public static Dictionary<(int Part, int X, int Y, int Across, int Down), short[]> Blocks(byte[] file)
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

    public static bool IsCovered(bool[,] stored, (int Part, int X, int Y, int Across, int Down) block)
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

    // The cover as stored in the file, rotated by another library.
    public static bool[,] Stored(bool[] cover, Picture upright, int orientation) =>
        Turned(cover, upright.Width, upright.Height, orientation);

    public static bool[,] Turned(bool[] cover, int width, int height, int orientation)
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

    // The pixels covered by masks.
    public static bool[] Cover(Picture like)
    {
        var picture = new Picture(like.Width, like.Height);
        new FaceMasker(Solid with { Color = new MaskColor(255, 255, 255) }).Apply(picture, Faces);
        return [.. Enumerable.Range(0, like.Width * like.Height).Select(i => picture.Pixels[3 * i] == 255)];
    }

    // One image inside of a cover, another outside.
    public static Picture Within(bool[] cover, Picture inside, Picture outside)
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

    public static bool[] Inner(bool[] cover, Picture upright, int orientation)
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

        // Rotated back.
        var back = Turned(
            inner, stored.GetLength(1), stored.GetLength(0), orientation switch { 6 => 8, 8 => 6, _ => orientation });
        return [.. back.Cast<bool>()];
    }

    public static void Turn(MagickImage image, int orientation)
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

    public static byte[] TestCells()
    {
        using var image = new MagickImage(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));
        image.Crop(new MagickGeometry(300, 250, 163, 121));
        image.ResetPage();
        return image.ToByteArray(MagickFormat.Png);
    }

    public static byte[] Jpeg(string sampling, bool progressive, int orientation)
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
}
