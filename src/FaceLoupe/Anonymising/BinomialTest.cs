namespace FaceLoupe.Anonymising;

/// <summary>Exact tests of the rate of images with a miss, from a count of them.</summary>
internal static class BinomialTest
{
    /// <summary>
    /// The probability of at most this many misses at the given rate: the p-value of "the rate is at least this high".
    /// </summary>
    /// <param name="misses">Images with a miss, from 0.</param>
    /// <param name="pictures">All images, independent of each other.</param>
    /// <param name="rate">The rate to be refuted, above 0 and below 1.</param>
    public static double PValue(int misses, int pictures, double rate)
    {
        if (misses >= pictures)
        {
            return 1;
        }

        // By logarithms: with many images the first term would underflow.
        double sum = 0, term = pictures * Math.Log(1 - rate);
        var odds = Math.Log(rate) - Math.Log(1 - rate);
        for (var k = 0; k <= misses; k++)
        {
            sum += Math.Exp(term);
            term += odds + Math.Log(pictures - k) - Math.Log(k + 1);
        }

        return Math.Min(sum, 1);
    }

    /// <summary>
    /// Fewest images that can show a rate to be lower, where none has a miss: 59 for 0.05 at 0.95. The largest int
    /// stands for all above it.
    /// </summary>
    public static int PicturesNeeded(double rate, double confidence)
    {
        var pictures = (int)Math.Max(1, Math.Floor(Math.Log(1 - confidence) / Math.Log(1 - rate)));
        while (pictures < int.MaxValue && PValue(0, pictures, rate) > 1 - confidence)
        {
            pictures++;
        }

        return pictures;
    }

    /// <summary>
    /// Maximum number of misses at which the test still shows a lower rate; -1: too few images, even without a miss.
    /// </summary>
    public static int MissesAllowed(int pictures, double rate, double confidence)
    {
        var misses = -1;
        while (PValue(misses + 1, pictures, rate) <= 1 - confidence)
        {
            misses++;
        }

        return misses;
    }

    /// <summary>
    /// Learn then Test (Angelopoulos and others, arXiv 2110.01052) with a fixed sequence: settings are tested in an
    /// order that does not depend on the images, the safest first, until one fails; all before it hold jointly at the
    /// requested confidence. Rates need not rise along the sequence.
    /// </summary>
    /// <param name="misses">The number of images with a miss, of each setting in order.</param>
    /// <param name="pictures">All images.</param>
    /// <param name="rate">The rate to stay below.</param>
    /// <param name="confidence">From 0 to 1, below 1.</param>
    /// <returns>The last setting that holds; -1: not even the first does.</returns>
    public static int LastThatHolds(IEnumerable<int> misses, int pictures, double rate, double confidence) =>
        misses.TakeWhile(missed => PValue(missed, pictures, rate) <= 1 - confidence).Count() - 1;
}
