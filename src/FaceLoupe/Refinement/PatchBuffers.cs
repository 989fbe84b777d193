using System.Buffers;

namespace FaceLoupe.Refinement;

/// <summary>Pooled memory for one batch of crops at both resolutions.</summary>
internal sealed class PatchBuffers(int batchSize, int lowResolution, int highResolution) : IDisposable
{
    private readonly float[] _low = ArrayPool<float>.Shared.Rent(batchSize * Length(lowResolution));
    private readonly float[] _high = ArrayPool<float>.Shared.Rent(batchSize * Length(highResolution));

    /// <summary>Memory for a number of low-resolution crops.</summary>
    public Memory<float> Low(int count) => _low.AsMemory(0, count * Length(lowResolution));

    /// <summary>Memory for a number of high-resolution crops.</summary>
    public Memory<float> High(int count) => _high.AsMemory(0, count * Length(highResolution));

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_low);
        ArrayPool<float>.Shared.Return(_high);
    }

    private static int Length(int side) => 3 * side * side;
}
