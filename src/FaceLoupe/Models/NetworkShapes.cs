using System.Globalization;
using FaceLoupe.Geometry;

namespace FaceLoupe.Models;

/// <summary>Checks that the networks of a bundle have the inputs and outputs that its manifest promises.</summary>
internal static class NetworkShapes
{
    private const int Any = -1;

    /// <summary>Checks the proposal network.</summary>
    public static void Check(OnnxModel model, ProposalSection section)
    {
        CheckInput(model, section.Input, Any, 3, Any, Any);
        foreach (var branch in section.Branches)
        {
            CheckOutput(model, branch.Scores, Any, branch.AnchorSizes.Count, Any, Any);
            CheckOutput(model, branch.Deltas, Any, 4 * branch.AnchorSizes.Count, Any, Any);
        }
    }

    /// <summary>Checks the generator.</summary>
    public static void Check(OnnxModel model, GeneratorSection section)
    {
        CheckInput(model, section.Input, Any, 3, section.LowResolution, section.LowResolution);
        CheckOutput(model, section.Output, Any, 3, section.HighResolution, section.HighResolution);
        CheckOutput(model, section.UpsampledOutput, Any, 3, section.HighResolution, section.HighResolution);
    }

    /// <summary>Checks the discriminator.</summary>
    public static void Check(OnnxModel model, DiscriminatorSection section)
    {
        CheckInput(model, section.Input, Any, 3, section.HighResolution, section.HighResolution);
        CheckOutput(model, section.Real, Any, 1);
        CheckOutput(model, section.Face, Any, 1);
        CheckOutput(model, section.Delta, Any, 4);
        if (section.Landmarks is { } landmarks)
        {
            CheckOutput(model, landmarks, Any, 2 * FaceLandmarks.Count);
        }
    }

    // An input's free dimensions must be free in the network too: a fixed batch of 1 would fail at the first crowd.
    private static void CheckInput(OnnxModel model, string name, params int[] expected)
    {
        var shape = Find(model, "input", model.Inputs, name);
        if (model.Inputs.Count != 1 || shape.Length != expected.Length
            || shape.Zip(expected).Any(pair => pair.First != Any && pair.First != pair.Second))
        {
            throw Wrong(model, "input", name, shape, expected);
        }
    }

    // Exporters may leave output dimensions unnamed; what is fixed must agree.
    private static void CheckOutput(OnnxModel model, string name, params int[] expected)
    {
        var shape = Find(model, "output", model.Outputs, name);
        if (shape.Length != expected.Length
            || shape.Zip(expected).Any(pair => pair.First != Any && pair.Second != Any && pair.First != pair.Second))
        {
            throw Wrong(model, "output", name, shape, expected);
        }
    }

    private static int[] Find(OnnxModel model, string kind, IReadOnlyDictionary<string, int[]?> tensors, string name)
    {
        if (!tensors.TryGetValue(name, out var shape))
        {
            throw new FaceLoupeException(
                $"{model.Name}: there is no {kind} '{name}' (but {string.Join(", ", tensors.Keys)}); "
                + "the network does not fit its manifest.");
        }

        return shape ?? throw new FaceLoupeException(
            $"{model.Name}: {kind} '{name}' is not a tensor of 32-bit floats; the network does not fit its manifest.");
    }

    private static FaceLoupeException Wrong(
        OnnxModel model, string kind, string name, int[] shape, int[] expected) => new(
        $"{model.Name}: {kind} '{name}' has the shape {Text(shape)}"
        + (kind == "input" && model.Inputs.Count != 1 ? $" beside {model.Inputs.Count - 1} other inputs" : string.Empty)
        + $" where {Text(expected)} is needed; the network does not fit its manifest.");

    private static string Text(int[] shape)
    {
        var sizes = shape.Select(size => size == Any ? "any" : size.ToString(CultureInfo.InvariantCulture));
        return $"[{string.Join(", ", sizes)}]";
    }
}
