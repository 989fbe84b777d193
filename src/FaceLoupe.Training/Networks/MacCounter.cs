namespace FaceLoupe.Training.Networks;

/// <summary>Counts multiply-accumulates of the convolutions that run on this thread while it is open.</summary>
internal sealed class MacCounter : IDisposable
{
    [ThreadStatic]
    private static MacCounter? current;

    private readonly MacCounter? outer = current;

    public MacCounter() => current = this;

    public long Macs { get; private set; }

    public static void Add(ConvNorm layer, long[] input, long[] output)
    {
        if (current is { } counter)
        {
            // A fractionally strided convolution spends its kernel on every input position.
            var positions = layer.Transposed ? input[2] * input[3] : output[2] * output[3];
            counter.Macs += positions * output[0] * layer.InChannels * layer.OutChannels * layer.Kernel * layer.Kernel;
        }
    }

    public static void Add(long macs)
    {
        if (current is { } counter)
        {
            counter.Macs += macs;
        }
    }

    public void Dispose() => current = outer;
}
