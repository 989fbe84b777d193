using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceLoupe.Storage;

namespace FaceLoupe.Models;

/// <summary>
/// Some outputs of an 8-bit model's networks on a synthetic input, recorded when the model was made: <c>golden.json</c>
/// beside its manifest. 8-bit kernels differ between processors, and some of ONNX Runtime's are silently wrong.
/// </summary>
/// <param name="Floats">Name of the float model that replaces it if a kernel is wrong; null: none.</param>
/// <param name="Proposals">Values of the proposal network's outputs, by name.</param>
/// <param name="Generator">Of the generator's.</param>
/// <param name="Discriminator">Of the discriminator's.</param>
internal sealed record GoldenOutputs(
    string? Floats,
    IReadOnlyDictionary<string, float[]> Proposals,
    IReadOnlyDictionary<string, float[]> Generator,
    IReadOnlyDictionary<string, float[]> Discriminator)
{
    /// <summary>Name of the file within a model's folder.</summary>
    public const string FileName = "golden.json";

    /// <summary>
    /// Largest error that is taken for rounding: the mean square of the differences as a share of how much the values
    /// of an output differ among themselves, or of a quarter of their size where they hardly do (roots of both). Layers
    /// with floats round a last digit otherwise on other processors, and a byte may then be its neighbour. With AVX2
    /// alone and kernels that cannot overflow nothing differed; with those that can, outputs of the discriminator of
    /// <c>compact-int8</c> were off by 0.2.
    /// </summary>
    public const double MostError = 0.05;

    private const int Side = 64;
    private const int Values = 12;
    private const int Images = 4;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>Reads the file of a model; null: it has none.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is invalid.</exception>
    public static GoldenOutputs? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<GoldenOutputs>(InputFile.ReadAllText(path), Options) is
                { Proposals: not null, Generator: not null, Discriminator: not null } golden
                && new[] { golden.Proposals, golden.Generator, golden.Discriminator }.All(HasValues)
                ? golden
                : throw new FaceLoupeException($"{path}: a network is missing; fetch the model or export it again.");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{path}: the golden outputs cannot be read ({fault.Message.ReplaceLineEndings(" ")}); "
                + "fetch the model again.",
                fault);
        }
    }

    private static bool HasValues(IReadOnlyDictionary<string, float[]> network) =>
        network.Count > 0 && network.Values.All(values => values is not null);

    /// <summary>Computes the outputs of a model on this processor.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="floats">Name of the float model that it was quantised from.</param>
    public static GoldenOutputs Measure(ModelBundle bundle, string? floats)
    {
        var manifest = bundle.Manifest;
        int low = manifest.Generator.LowResolution, high = manifest.Generator.HighResolution;
        return new(
            floats,
            Run(bundle.Proposals, manifest.Proposals.Input, Side, harsh: true),
            Run(bundle.Generator, manifest.Generator.Input, low),
            Run(bundle.Discriminator, manifest.Discriminator.Input, high));
    }

    /// <summary>Writes the file.</summary>
    public void Write(string folder) =>
        AtomicFile.Write(
            Path.Combine(folder, FileName),
            stream => stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Options) + "\n")));

    /// <summary>The largest error of any output of another model, and the output's name.</summary>
    public (double Error, string Output) Compare(GoldenOutputs other) => new[]
    {
        (Proposals, other.Proposals), (Generator, other.Generator), (Discriminator, other.Discriminator),
    }.SelectMany(pair => pair.Item1.Select(
        output => (Error(output.Value, pair.Item2.GetValueOrDefault(output.Key, [])), output.Key))).Max();

    // Infinite for NaN or a different number of values.
    private static double Error(float[] expected, float[] found)
    {
        if (expected.Length == 0 || expected.Length != found.Length)
        {
            return double.PositiveInfinity;
        }

        var mean = expected.Average();
        var spread = Math.Sqrt(expected.Average(value => Math.Pow(value - mean, 2)));
        var size = Math.Sqrt(expected.Average(value => Math.Pow(value, 2)));
        var error = Math.Sqrt(expected.Zip(found, (a, b) => Math.Pow(a - b, 2)).Average());
        return error / Math.Max(Math.Max(spread, size / 4), 1e-3) is var share && double.IsNaN(share)
            ? double.PositiveInfinity
            : share;
    }

    private static Dictionary<string, float[]> Run(OnnxModel network, string input, int side, bool harsh = false)
    {
        string[] names = [.. network.Outputs.Keys.Order(StringComparer.Ordinal)];
        using var outputs = network.Run(input, Input(side, harsh), [Images, 3, side, side], names);
        return names.Select((name, i) => (name, Values: Some(outputs.Values(i))))
            .ToDictionary(entry => entry.name, entry => entry.Values);
    }

    // Spread over the whole output; rounded, as the file has them.
    private static float[] Some(ReadOnlySpan<float> all)
    {
        var some = new float[Math.Min(Values, all.Length)];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = MathF.Round(all[(int)((long)i * (all.Length - 1) / Math.Max(1, some.Length - 1))], 4);
        }

        return some;
    }

    // Black and white runs of a few pixels with some noise, which maximise the sums: best for the proposal network, but
    // too sensitive to rounding for the others, which get waves. Every image differs.
    private static float[] Input(int side, bool harsh)
    {
        var length = 3 * side * side;
        var values = new float[Images * length];
        var state = 12345u;
        for (var i = 0; i < values.Length; i++)
        {
            int image = i / length, x = i % side, y = i / side % side, channel = i / (side * side) % 3;
            var period = 8 + (6 * image);
            state = (state * 1664525) + 1013904223;
            values[i] = harsh
                ? (((state >> 8) % 32 / 127.5f) + (i / (3 + (2 * image)) % 2 == 0 ? -1 : 0.75f))
                    * (1 - (image / (float)Images))
                : (0.5f * Wave(x + y + (3 * channel), period)) + (0.25f * Wave((2 * y) + 5, period))
                    + (0.15f * (((state >> 8) % 256 / 127.5f) - 1));
        }

        return values;
    }

    // Down and up between 1 and -1, without a sine, whose last digit differs from system to system.
    private static float Wave(int position, int period) =>
        (Math.Abs((position % (2 * period)) - period) / (float)period * 2) - 1;
}
