namespace FaceLoupe.Cli.Blurring;

/// <summary>The discrete cosine transform of JPEG's blocks of 8 x 8 samples, both ways, in double precision.</summary>
internal static class BlockTransform
{
    /// <summary>Side of a block.</summary>
    public const int Side = 8;

    private static readonly double[,] s_cosines = Cosines();

    /// <summary>Samples from 0 to 255, unrounded, of the coefficients.</summary>
    /// <param name="coefficients">Row by row, already multiplied by their steps.</param>
    public static double[] Samples(double[] coefficients) =>
        Array.ConvertAll(Apply(coefficients, (place, wave) => s_cosines[wave, place]), sample => sample + 128);

    /// <summary>Coefficients of samples from 0 to 255, not yet divided by their steps.</summary>
    public static double[] Coefficients(double[] samples) => Apply(
        Array.ConvertAll(samples, sample => sample - 128), (wave, place) => s_cosines[wave, place]);

    private static double[] Apply(double[] block, Func<int, int, double> weight)
    {
        var (rows, all) = (new double[Side * Side], new double[Side * Side]);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                for (var k = 0; k < Side; k++)
                {
                    rows[(y * Side) + x] += block[(y * Side) + k] * weight(x, k);
                }
            }
        }

        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                for (var k = 0; k < Side; k++)
                {
                    all[(y * Side) + x] += rows[(k * Side) + x] * weight(y, k);
                }
            }
        }

        return all;
    }

    private static double[,] Cosines()
    {
        var cosines = new double[Side, Side];
        for (var wave = 0; wave < Side; wave++)
        {
            for (var place = 0; place < Side; place++)
            {
                cosines[wave, place] = (wave == 0 ? Math.Sqrt(0.125) : 0.5)
                    * Math.Cos(((2 * place) + 1) * wave * Math.PI / 16);
            }
        }

        return cosines;
    }
}
