using FaceLoupe.Geometry;
using FaceLoupe.Models;

namespace FaceLoupe.Refinement;

/// <summary>
/// Step 4: the discriminator (the paper's section 3.3 (B)) classifies high-resolution crops with three heads: real or
/// generated, face or non-face, and the box delta; some models have a fourth, for landmarks. Thread-safe.
/// </summary>
public sealed class DiscriminatorModel
{
    private const int Numbers = 2 * FaceLandmarks.Count;

    private readonly OnnxModel _network;
    private readonly DiscriminatorSection _section;

    /// <summary>Takes the discriminator of a bundle.</summary>
    /// <param name="bundle">The bundle; must outlive this object.</param>
    public DiscriminatorModel(ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _network = bundle.Discriminator;
        _section = bundle.Manifest.Discriminator;
    }

    /// <summary>Side H of its input, in pixels.</summary>
    public int HighResolution => _section.HighResolution;

    /// <summary>Whether it has a head for landmarks.</summary>
    public bool GivesLandmarks => _section.Landmarks is not null;

    /// <summary>Classifies a batch.</summary>
    /// <param name="high">N x 3 x H x H values from -1 to 1.</param>
    /// <param name="count">N, at least 1.</param>
    /// <returns>N discriminator outputs, in order.</returns>
    public DiscriminatorOutput[] Classify(Memory<float> high, int count)
    {
        string?[] names = [_section.Real, _section.Face, _section.Delta, _section.Landmarks];
        using var outputs = _network.Run(
            _section.Input, high, [count, 3, HighResolution, HighResolution], [.. names.OfType<string>()]);
        var real = outputs.Values(0, _section.Real, count, 1);
        var face = outputs.Values(1, _section.Face, count, 1);
        var delta = outputs.Values(2, _section.Delta, count, 4);
        var landmarks = GivesLandmarks ? outputs.Values(3, _section.Landmarks!, count, Numbers) : [];
        var results = new DiscriminatorOutput[count];
        for (var i = 0; i < count; i++)
        {
            var move = delta.Slice(4 * i, 4);
            results[i] = new DiscriminatorOutput(real[i], face[i], new BoxDelta(move[0], move[1], move[2], move[3]))
            {
                Landmarks = GivesLandmarks
                    ? FaceLandmarks.Of(landmarks.Slice(Numbers * i, Numbers))
                        .Scale(FaceLandmarks.Deviation, FaceLandmarks.Deviation)
                    : null,
            };
        }

        return results;
    }
}
