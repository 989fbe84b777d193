namespace FaceLoupe.Imaging;

/// <summary>The weights of a blur.</summary>
internal static class GaussianKernel
{
    /// <summary>
    /// Weights of a Gaussian, cut at three deviations: an odd number of at least three, whose sum is 1.
    /// </summary>
    /// <param name="deviation">The deviation, in pixels, above 0.</param>
    public static float[] Of(double deviation)
    {
        var reach = Math.Max(1, (int)Math.Ceiling(3 * deviation));
        var weights = new double[(2 * reach) + 1];
        for (var i = -reach; i <= reach; i++)
        {
            weights[i + reach] = Math.Exp(-i * i / (2 * deviation * deviation));
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }
}
