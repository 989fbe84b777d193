using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Models;

/// <summary>Outputs of one run, in native memory until disposed.</summary>
internal sealed class OnnxOutputs(IDisposableReadOnlyCollection<OrtValue> values) : IDisposable
{
    /// <summary>The numbers of an output, row-major; valid until this object is disposed.</summary>
    public ReadOnlySpan<float> Values(int index) => values[index].GetTensorDataAsSpan<float>();

    /// <summary>The shape of an output.</summary>
    public long[] Shape(int index) => values[index].GetTensorTypeAndShape().Shape;

    /// <summary>The numbers of an output, whose shape must be as given.</summary>
    /// <exception cref="FaceLoupeException">The output has another shape.</exception>
    public ReadOnlySpan<float> Values(int index, string name, params ReadOnlySpan<long> shape)
    {
        var actual = Shape(index);
        return shape.SequenceEqual(actual)
            ? Values(index)
            : throw new FaceLoupeException(
                $"{name} came out as [{string.Join(", ", actual)}] where [{string.Join(", ", shape.ToArray())}] "
                + "was expected; the network does not fit its manifest.");
    }

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();
}
