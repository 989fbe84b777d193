using BitMiracle.LibJpeg.Classic;
using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// Writes masks into the coefficients of a JPEG file: blocks without a masked pixel stay bit-identical, and only masked
/// blocks are compressed again. Of the metadata, only the orientation and the colour profile are copied,
/// since the pixels depend on them.
/// </summary>
internal static class JpegMasker
{
    // Coefficients need several times the memory of the pixels.
    private const long MostPixels = 50_000_000;

    // Mean error of luminance under masks: coarse quantisation rounds a lot, but a mask in the wrong place is far off.
    private const double MostError = 32;

    // Pixels farther from every mask than the largest block of a channel decode to their old values.
    private const double MostErrorFar = 1;
    private const int CellSide = 16;

    /// <summary>Masks a file.</summary>
    /// <param name="original">The JPEG file.</param>
    /// <param name="masked">The upright image with its masks.</param>
    /// <param name="cover">Which of its pixels masks cover, row by row.</param>
    /// <param name="reason">Why it is not possible; null: it was done.</param>
    /// <returns>The masked file; null: it must be encoded as a whole.</returns>
    public static byte[]? Mask(byte[] original, Picture masked, bool[] cover, out string? reason)
    {
        if ((long)masked.Width * masked.Height > MostPixels)
        {
            reason = "it has more than 50 million pixels";
            return null;
        }

        try
        {
            var bytes = Mask(original, masked, cover);
            reason = ReasonAgainst(bytes, masked, cover);
            return reason is null ? bytes : null;
        }
        catch (OtherJpegException fault)
        {
            reason = fault.Message;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The library may throw anything for a damaged file; encoding the image again still works.
            reason = "its coefficients cannot be read";
        }

        return null;
    }

    private static byte[] Mask(byte[] original, Picture masked, bool[] cover)
    {
        var segments = JpegSegments.Read(original);
        using var input = new MemoryStream(original, writable: false);
        var source = new jpeg_decompress_struct(new JpegFaults());
        source.jpeg_stdio_src(input);
        source.jpeg_read_header(true);
        var orientation = StoredOrientation.Read(original);
        var grid = new MaskedGrid(masked, cover, orientation);
        RefuseOthers(source, grid, segments);
        var coefficients = source.jpeg_read_coefficients();
        for (var component = 0; component < source.Num_components; component++)
        {
            new JpegComponent(source, component, segments.Steps[source.Comp_info[component].Quant_tbl_no]!)
                .Mask(coefficients[component], grid);
        }

        using var output = new MemoryStream();
        var target = new jpeg_compress_struct(new JpegFaults());
        source.jpeg_copy_critical_parameters(target);
        target.Optimize_coding = true;
        if (segments.IsProgressive)
        {
            target.jpeg_simple_progression();
        }

        target.jpeg_stdio_dest(output);
        target.jpeg_write_coefficients(coefficients);
        if (orientation.Origin != SKEncodedOrigin.TopLeft)
        {
            target.jpeg_write_marker(0xE1, Exif(orientation));
        }

        foreach (var part in segments.Profile)
        {
            target.jpeg_write_marker(0xE2, part);
        }

        target.jpeg_finish_compress();
        source.jpeg_finish_decompress();
        return output.ToArray();
    }

    private static void RefuseOthers(jpeg_decompress_struct source, MaskedGrid grid, JpegSegments segments)
    {
        // For such files the library loses its position, and faces would remain beside their masks.
        if (segments is { IsProgressive: true, HasRestarts: true })
        {
            throw new OtherJpegException("it is progressive with restart markers");
        }

        if (source.Image_width != grid.Width || source.Image_height != grid.Height)
        {
            throw new OtherJpegException("its headers state two sizes");
        }

        if (!(source is { Num_components: 3, Jpeg_color_space: J_COLOR_SPACE.JCS_YCbCr }
            or { Num_components: 1, Jpeg_color_space: J_COLOR_SPACE.JCS_GRAYSCALE }))
        {
            throw new OtherJpegException("its colours are neither YCbCr nor grey");
        }

        for (var i = 0; i < source.Num_components; i++)
        {
            var part = source.Comp_info[i];
            var (across, down) = JpegComponent.MostSamples(source);
            if (across % part.H_samp_factor != 0 || down % part.V_samp_factor != 0)
            {
                throw new OtherJpegException("its channels have sizes that do not divide each other");
            }

            if (segments.Steps[part.Quant_tbl_no] is null)
            {
                throw new OtherJpegException("its quantisation tables come late");
            }
        }
    }

    // In case of a bug of the library, the result is decoded by another library and compared.
    private static string? ReasonAgainst(byte[] bytes, Picture masked, bool[] cover)
    {
        var written = PictureFile.Decode(bytes, "masked.jpg");
        if ((written.Width, written.Height) != (masked.Width, masked.Height))
        {
            return "the size of the result was wrong";
        }

        if (written.Damage is not null)
        {
            return "its result was damaged";
        }

        var far = FarFromMasks(cover, masked.Width, masked.Height);
        var (under, covered, beside, left) = (0.0, 0, 0.0, 0);
        for (var i = 0; i < cover.Length; i++)
        {
            var error = Math.Abs(Light(written, i) - Light(masked, i));
            if (cover[i])
            {
                covered++;
                under += error;
            }
            else if (far(i % masked.Width, i / masked.Width))
            {
                left++;
                beside += error;
            }
        }

        return under > MostError * covered ? "the masks of the result were wrong"
            : beside > MostErrorFar * left ? "pixels beside the masks of the result were wrong"
            : null;
    }

    private static Func<int, int, bool> FarFromMasks(bool[] cover, int width, int height)
    {
        var (across, down) = ((width / CellSide) + 1, (height / CellSide) + 1);
        var near = new bool[across * down];
        for (var i = 0; i < cover.Length; i++)
        {
            if (!cover[i])
            {
                continue;
            }

            var (column, row) = (i % width / CellSide, i / width / CellSide);
            for (var y = Math.Max(row - 2, 0); y <= Math.Min(row + 2, down - 1); y++)
            {
                near.AsSpan(y * across)[Math.Max(column - 2, 0)..Math.Min(column + 3, across)].Fill(true);
            }
        }

        return (x, y) => !near[(y / CellSide * across) + (x / CellSide)];
    }

    // Only luminance, since a grey file has grey masks.
    private static double Light(Picture picture, int pixel) => MaskedGrid.Luminance(
        picture.Pixels[3 * pixel], picture.Pixels[(3 * pixel) + 1], picture.Pixels[(3 * pixel) + 2]);

    // A TIFF header and one entry.
    private static byte[] Exif(StoredOrientation orientation) =>
    [
        .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1,
        0, (byte)orientation.Origin, 0, 0, 0, 0, 0, 0,
    ];

    private sealed class OtherJpegException(string reason) : Exception(reason);

    // Warnings are ignored; errors throw.
    private sealed class JpegFaults : jpeg_error_mgr
    {
        public override void output_message()
        {
        }
    }
}
