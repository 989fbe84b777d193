namespace FaceLoupe.Training.Samples.Sources;

/// <summary>
/// The random numbers of one sample: SplitMix64 seeded with a seed and the sample's number, so that samples are
/// independent of each other.
/// </summary>
internal sealed class SampleRandom(ulong seed, long index)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    // The seed is mixed before the number is added, so that neighbouring seeds do not give shifted copies of one
    // sequence.
    private ulong state = Mix(Mix(seed + Step) ^ ((ulong)index * Step));

    /// <summary>Uniform from 0 (included) to 1 (excluded).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform between two bounds.</summary>
    public double Between(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform in the logarithm between two bounds above 0.</summary>
    public double LogBetween(double low, double high) => low * Math.Pow(high / low, NextDouble());

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInt(int count) => Math.Min((int)(NextDouble() * count), count - 1);

    /// <summary>True with the given probability; always takes one random number.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>An index drawn in proportion to weights, at least one of them above 0.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = NextDouble() * total;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            last = i;
            left -= weights[i];
            if (left < 0)
            {
                break;
            }
        }

        return last;
    }

    /// <summary>Two independent standard normal numbers (Box and Muller).</summary>
    public (float First, float Second) NextNormals()
    {
        var radius = MathF.Sqrt(-2 * MathF.Log(1 - (float)(NextDouble() * 0.99999994)));
        var (sin, cos) = MathF.SinCos(2 * MathF.PI * (float)NextDouble());
        return (radius * cos, radius * sin);
    }

    private ulong NextBits()
    {
        state += Step;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
