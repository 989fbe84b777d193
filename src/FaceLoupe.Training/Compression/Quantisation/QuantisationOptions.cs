namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>What is quantised to 8 bits.</summary>
internal sealed record QuantisationOptions
{
    /// <summary>Convolutions with fewer input channels stay in floats. Default 64.</summary>
    public int MinChannels { get; init; } = 64;

    /// <summary>Images to calibrate with. Default 32.</summary>
    public int Pictures { get; init; } = 32;

    /// <summary>Weights of 7 bits, for processors without VNNI, whose 8-bit sums can overflow. Default false.</summary>
    public bool SevenBits { get; init; }

    /// <summary>Networks to quantise: proposals, generator, discriminator. Default all.</summary>
    public IReadOnlyCollection<string> Networks { get; init; } = AllNetworks;

    /// <summary>The names that <see cref="Networks"/> may hold.</summary>
    public static string[] AllNetworks { get; } = ["proposals", "generator", "discriminator"];
}
