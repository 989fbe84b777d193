using System.Runtime.Intrinsics;
using FaceLoupe.Models;

namespace FaceLoupe.Refinement;

/// <summary>
/// Step 3: the generator (the paper's section 3.3 (A)) turns low-resolution crops into high-resolution ones of four
/// times the side, first up-sampling, then refining. Safe to call from many threads at once.
/// </summary>
public sealed class GeneratorModel
{
    private readonly OnnxModel _network;
    private readonly GeneratorSection _section;

    /// <summary>Takes the generator of a bundle.</summary>
    /// <param name="bundle">The bundle; must outlive this object.</param>
    public GeneratorModel(ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _network = bundle.Generator;
        _section = bundle.Manifest.Generator;
    }

    /// <summary>Side L of its input, in pixels.</summary>
    public int LowResolution => _section.LowResolution;

    /// <summary>Side H of its output, in pixels: 4 L.</summary>
    public int HighResolution => _section.HighResolution;

    /// <summary>Super-resolves a batch.</summary>
    /// <param name="low">N x 3 x L x L values from -1 to 1.</param>
    /// <param name="count">N, at least 1.</param>
    /// <param name="high">Receives N x 3 x H x H values, clamped to -1 to 1.</param>
    public void SuperResolve(Memory<float> low, int count, Span<float> high)
    {
        using var outputs = _network.Run(
            _section.Input, low, [count, 3, LowResolution, LowResolution], [_section.Output]);
        Clamp(outputs.Values(0, _section.Output, count, 3, HighResolution, HighResolution), high);
    }

    /// <summary>Super-resolves a batch and shows both of the generator's images.</summary>
    /// <param name="low">N x 3 x L x L values from -1 to 1.</param>
    /// <param name="count">N, at least 1.</param>
    /// <param name="upsampled">Receives G1's N x 3 x H x H values, clamped to -1 to 1.</param>
    /// <param name="refined">Receives G2's N x 3 x H x H values, clamped to -1 to 1.</param>
    public void SuperResolve(Memory<float> low, int count, Span<float> upsampled, Span<float> refined)
    {
        using var outputs = _network.Run(
            _section.Input, low, [count, 3, LowResolution, LowResolution], [_section.UpsampledOutput, _section.Output]);
        Clamp(outputs.Values(0, _section.UpsampledOutput, count, 3, HighResolution, HighResolution), upsampled);
        Clamp(outputs.Values(1, _section.Output, count, 3, HighResolution, HighResolution), refined);
    }

    // Not Math.Clamp a value: twelve thousand values per face.
    private static void Clamp(ReadOnlySpan<float> values, Span<float> clamped)
    {
        var at = 0;
        for (; at <= values.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            var block = Vector256.Create(values[at..]);
            Vector256.Min(Vector256.Max(block, Vector256.Create(-1f)), Vector256<float>.One).CopyTo(clamped[at..]);
        }

        for (; at < values.Length; at++)
        {
            clamped[at] = Math.Clamp(values[at], -1, 1);
        }
    }
}
