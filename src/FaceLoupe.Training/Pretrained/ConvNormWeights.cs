namespace FaceLoupe.Training.Pretrained;

/// <summary>A square convolution and its batch norm, as read from a pretrained file.</summary>
/// <param name="OutChannels">Number of filters.</param>
/// <param name="InChannels">Channels of the input.</param>
/// <param name="KernelSize">Side of the kernel, px.</param>
/// <param name="Weight">Kernel in the order out, in, height, width (OIHW), as torch keeps it.</param>
/// <param name="Bias">Bias of the convolution, one per filter; zeros where the file has none.</param>
/// <param name="Gamma">Scale of the norm.</param>
/// <param name="Beta">Shift of the norm.</param>
/// <param name="Mean">Running mean of the norm.</param>
/// <param name="Variance">Running variance of the norm.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record ConvNormWeights(
    int OutChannels, int InChannels, int KernelSize, float[] Weight, float[] Bias, float[] Gamma, float[] Beta,
    float[] Mean, float[] Variance, float Epsilon)
{
    // ImageNet means that Keras subtracts, in the file's channel order (blue, green, red).
    private static readonly float[] BlueGreenRedMean = [103.939f, 116.779f, 123.68f];

    /// <summary>
    /// The stem for our input: red, green, blue in [-1, 1] instead of blue, green, red in 0..255 minus the mean. Only
    /// the border changes: padding is now mid-grey (127.5) instead of ImageNet's mean colour.
    /// </summary>
    public ConvNormWeights FoldInput()
    {
        if (InChannels != 3)
        {
            throw new InvalidOperationException(
                $"only a layer of 3 input channels sees an image, not one of {InChannels}");
        }

        const float scale = 127.5f; // a byte is 127.5 * value + 127.5
        var area = KernelSize * KernelSize;
        var weight = new float[Weight.Length];
        var bias = new float[OutChannels];
        for (var o = 0; o < OutChannels; o++)
        {
            double shift = Bias[o];
            for (var c = 0; c < 3; c++)
            {
                var from = Weight.AsSpan(((o * 3) + c) * area, area);
                var to = weight.AsSpan(((o * 3) + 2 - c) * area, area);
                for (var k = 0; k < area; k++)
                {
                    to[k] = scale * from[k];
                    shift += (double)from[k] * (scale - BlueGreenRedMean[c]);
                }
            }

            bias[o] = (float)shift;
        }

        return this with { Weight = weight, Bias = bias };
    }
}
