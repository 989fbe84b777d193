using BitMiracle.LibJpeg.Classic;

namespace FaceLoupe.Cli.Blurring;

/// <summary>A channel of a JPEG file, to mask its blocks.</summary>
internal sealed class JpegComponent
{
    // Limits of coefficients for samples of eight bits.
    private const int LargestWave = 1023;
    private const int LargestMean = 2047;
    private const int Side = BlockTransform.Side;

    private readonly int _number;
    private readonly int[] _steps;
    private readonly (int X, int Y) _pixels;
    private readonly (int Width, int Height) _samples;

    /// <summary>Reads the dimensions of a channel.</summary>
    /// <param name="source">The file, its header read.</param>
    /// <param name="number">Number of the channel.</param>
    /// <param name="steps">Quantisation steps of its coefficients, row by row of a block.</param>
    public JpegComponent(jpeg_decompress_struct source, int number, int[] steps)
    {
        (_number, _steps) = (number, steps);
        var part = source.Comp_info[number];
        var (across, down) = MostSamples(source);
        _pixels = (across / part.H_samp_factor, down / part.V_samp_factor);
        _samples = (Over(source.Image_width, _pixels.X), Over(source.Image_height, _pixels.Y));
    }

    /// <summary>The sampling factors of the finest channel.</summary>
    public static (int Across, int Down) MostSamples(jpeg_decompress_struct source)
    {
        var parts = source.Comp_info.Take(source.Num_components).ToArray();
        return (parts.Max(part => part.H_samp_factor), parts.Max(part => part.V_samp_factor));
    }

    /// <summary>Writes masks over the blocks that contain a masked pixel; the others stay unchanged.</summary>
    public void Mask(jvirt_array<JBLOCK> coefficients, MaskedGrid grid)
    {
        for (var row = 0; row < Over(_samples.Height, Side); row++)
        {
            var blocks = coefficients.Access(row, 1)[0];
            for (var column = 0; column < Over(_samples.Width, Side); column++)
            {
                Mask(blocks[column], column * Side, row * Side, grid);
            }
        }
    }

    private void Mask(JBLOCK block, int left, int top, MaskedGrid grid)
    {
        var masks = new double?[Side * Side];
        for (var i = 0; i < masks.Length; i++)
        {
            // Samples beyond the edge repeat the last one, so that nothing of a face remains there.
            var x = Math.Min(left + (i % Side), _samples.Width - 1) * _pixels.X;
            var y = Math.Min(top + (i / Side), _samples.Height - 1) * _pixels.Y;
            masks[i] = grid.Mean(x, y, x + _pixels.X, y + _pixels.Y, _number);
        }

        if (Array.TrueForAll(masks, mask => mask is null))
        {
            return;
        }

        var before = new double[Side * Side];
        for (var i = 0; i < before.Length; i++)
        {
            before[i] = block[i] * _steps[i];
        }

        var samples = BlockTransform.Samples(before);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Math.Clamp(masks[i] ?? samples[i], 0, 255);
        }

        var after = BlockTransform.Coefficients(samples);
        for (var i = 0; i < after.Length; i++)
        {
            var most = i == 0 ? LargestMean : LargestWave;
            block[i] = (short)Math.Clamp(Math.Round(after[i] / _steps[i]), -most, most);
        }
    }

    private static int Over(int whole, int part) => (whole + part - 1) / part;
}
