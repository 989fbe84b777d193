namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// The discrete cosine transform of JPEG's blocks of 8 x 8 samples and its inverse, in double precision.
/// </summary>
internal static class BlockTransform
{
    /// <summary>Side of a block.</summary>
    public const int Side = 8;

    private static readonly double[,] s_cosines = Cosines();

    /// <summary>Samples from 0 to 255, unrounded, of the coefficients.</summary>
    /// <param name="coefficients">Row by row, dequantised.</param>
    public static double[] Samples(double[] coefficients) =>
        Array.ConvertAll(Apply(coefficients, (place, wave) => s_cosines[wave, place]), sample => sample + 128);

    /// <summary>Coefficients of samples from 0 to 255, not quantised.</summary>
    public static double[] Coefficients(double[] samples) => Apply(
        Array.ConvertAll(samples, sample => sample - 128), (wave, place) => s_cosines[wave, place]);

    // Along the rows, then along the columns.
    private static double[] Apply(double[] block, Func<int, int, double> weight)
    {
        var rows = Sums((y, x, k) => block[(y * Side) + k] * weight(x, k));
        return Sums((y, x, k) => rows[(k * Side) + x] * weight(y, k));
    }

    private static double[] Sums(Func<int, int, int, double> term)
    {
        var sums = new double[Side * Side];
        for (var i = 0; i < sums.Length; i++)
        {
            for (var k = 0; k < Side; k++)
            {
                sums[i] += term(i / Side, i % Side, k);
            }
        }

        return sums;
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
