using FaceLoupe.Training.Pretrained;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>How a convolution is normalised.</summary>
internal enum NormMode
{
    /// <summary>No normalisation: the convolution's own bias only.</summary>
    None,

    /// <summary>Batch normalisation with statistics of the batch while training (the paper's generator).</summary>
    Batch,

    /// <summary>
    /// Batch normalisation with fixed statistics and scale, folded into the weights on every pass: for a pretrained
    /// ResNet with small batches.
    /// </summary>
    Frozen,
}

/// <summary>A convolution (or fractionally strided convolution), its normalisation and an optional ReLU.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>
{
    private const double NormEpsilon = 1e-5;

    private readonly Conv2d? conv;
    private readonly ConvTranspose2d? deconv;
    private readonly BatchNorm2d? norm;
    private readonly NormMode mode;

    public ConvNorm(
        string name, int inChannels, int outChannels, int kernel,
        int stride = 1, NormMode mode = NormMode.Batch, bool relu = true, bool transposed = false)
        : base(name)
    {
        this.mode = mode;
        (InChannels, OutChannels, Kernel, Stride, Relu, Transposed) =
            (inChannels, outChannels, kernel, stride, relu, transposed);
        if (transposed)
        {
            deconv = ConvTranspose2d(inChannels, outChannels, kernel, stride, kernel / 2, stride - 1);
        }
        else
        {
            conv = Conv2d(inChannels, outChannels, kernel, stride, kernel / 2);
        }

        if (mode != NormMode.None)
        {
            norm = BatchNorm2d(outChannels);
        }

        RegisterComponents();
        if (mode == NormMode.Frozen)
        {
            // Both are redundant with the weights and the shift, which are trained.
            norm!.weight!.requires_grad = false;
            conv!.bias!.requires_grad = false;
        }
    }

    public int InChannels { get; }

    public int OutChannels { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public bool Relu { get; }

    public bool Transposed { get; }

    /// <summary>Arithmetic of the convolution; weights and statistics are always float32. Default float32.</summary>
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Makes a pass set the normalisation's statistics to those of its input, and scale and shift so that the layer's
    /// outputs do not change. Needed after <see cref="LoadFolded"/>, before further training with batch statistics.
    /// Default false.
    /// </summary>
    public bool TakesStatistics { get; set; }

    public Parameter Weight => (conv?.weight ?? deconv!.weight)!;

    public Parameter Bias => (conv?.bias ?? deconv!.bias)!;

    /// <summary>Gaussian weights and zero biases (the paper's section 4.2).</summary>
    public void InitialiseNormal(double deviation)
    {
        using var noGrad = no_grad();
        init.normal_(Weight, 0, deviation);
        init.zeros_(Bias);
    }

    /// <summary>He initialisation, for layers that follow a pretrained trunk.</summary>
    public void InitialiseHe()
    {
        using var noGrad = no_grad();
        init.kaiming_normal_(Weight, 0, init.FanInOut.FanIn, init.NonlinearityType.ReLU);
        init.zeros_(Bias);
    }

    /// <summary>Loads pretrained weights; shapes must agree.</summary>
    public void Load(ConvNormWeights weights)
    {
        if (weights.OutChannels != OutChannels || weights.InChannels != InChannels || weights.KernelSize != Kernel)
        {
            throw new FaceLoupeException(
                $"Pretrained weights {weights.InChannels} to {weights.OutChannels}, kernel {weights.KernelSize}, do "
                + $"not fit layer '{GetName()}' ({InChannels} to {OutChannels}, kernel {Kernel}): use the standard "
                + "widths with pretrained weights.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Weight.copy_(tensor(weights.Weight).reshape(Weight.shape));
        Bias.copy_(tensor(weights.Bias));
        norm!.weight!.copy_(tensor(weights.Gamma));
        norm.bias!.copy_(tensor(weights.Beta));

        // The module's epsilon is fixed, so the difference goes into the variance.
        norm.running_mean!.copy_(tensor(weights.Mean));
        norm.running_var!.copy_(tensor(weights.Variance).Plus(weights.Epsilon - NormEpsilon));
    }

    /// <summary>Loads the result of <see cref="Fold"/>; the normalisation becomes an identity.</summary>
    /// <exception cref="ArgumentException">The arrays do not have the layer's size.</exception>
    public void LoadFolded(float[] weight, float[] bias)
    {
        if (weight.Length != Weight.numel() || bias.Length != OutChannels)
        {
            throw new ArgumentException($"{weight.Length} weights and {bias.Length} biases for {Weight.numel()} and "
                + $"{OutChannels}");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Weight.copy_(tensor(weight).reshape(Weight.shape));
        Bias.copy_(tensor(bias));
        if (norm is not null)
        {
            init.ones_(norm.weight!);
            norm.bias!.copy_(Bias);
            init.zeros_(Bias);
            init.zeros_(norm.running_mean!);
            init.constant_(norm.running_var!, 1 - NormEpsilon);
        }
    }

    /// <summary>Loads some channels of a wider layer.</summary>
    /// <param name="wider">The wider layer: not transposed, and normalised if this one is.</param>
    /// <param name="outputs">Its output channels to keep, indices.</param>
    /// <param name="inputs">Its input channels to keep, indices.</param>
    /// <param name="halved">
    /// Whether this layer gets the image at half the wider one's size; its kernel may then have another size. Weights
    /// of the same pixel are added, those beyond the kernel are dropped.
    /// </param>
    public void Load(ConvNorm wider, Tensor outputs, Tensor inputs, bool halved = false)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var weight = wider.Weight.index_select(0, outputs).index_select(1, inputs);
        Weight.copy_(halved ? Halve(weight, Kernel) : weight);
        Bias.copy_(wider.Bias.index_select(0, outputs));
        if (norm is not null)
        {
            norm.weight!.copy_(wider.norm!.weight!.index_select(0, outputs));
            norm.bias!.copy_(wider.norm.bias!.index_select(0, outputs));
            norm.running_mean!.copy_(wider.norm.running_mean!.index_select(0, outputs));
            norm.running_var!.copy_(wider.norm.running_var!.index_select(0, outputs));
        }
    }

    /// <summary>Freezes or unfreezes this layer.</summary>
    public void SetTrainable(bool trainable)
    {
        Weight.requires_grad = trainable;
        Bias.requires_grad = trainable && mode != NormMode.Frozen;
        if (norm is not null)
        {
            norm.weight!.requires_grad = trainable && mode != NormMode.Frozen;
            norm.bias!.requires_grad = trainable;
        }
    }

    public override Tensor forward(Tensor input)
    {
        var (weight, bias) = mode == NormMode.Batch ? (Weight, Bias) : FoldedTensors();
        var output = Convolve(input, weight, bias);
        if (mode == NormMode.Batch)
        {
            if (TakesStatistics)
            {
                TakeStatistics(output, norm!);
            }

            output = Normalise(output, norm!);
        }

        MacCounter.Add(this, input.shape, output.shape);
        return Relu ? output.relu_() : output;
    }

    /// <summary>The output of an evaluation before the ReLU.</summary>
    public Tensor BeforeRelu(Tensor input)
    {
        var (weight, bias) = FoldedTensors();
        return Convolve(input, weight, bias);
    }

    /// <summary>Weights and bias of the equivalent plain convolution at inference.</summary>
    public (float[] Weight, float[] Bias) Fold()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (weight, bias) = FoldedTensors();
        return (ToArray(weight), ToArray(bias));
    }

    // Pixel 2i + d of an image enlarged twofold is pixel i + floor(d / 2) of the image.
    private static Tensor Halve(Tensor weight, int kernel)
    {
        var (side, halved) = ((int)weight.shape[2], zeros(weight.shape[0], weight.shape[1], kernel, kernel));
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (row, column) = (Tap(y), Tap(x));
                if (row >= 0 && row < kernel && column >= 0 && column < kernel)
                {
                    halved[.., .., row, column].AddInPlace(weight[.., .., y, x]);
                }
            }
        }

        return halved;

        int Tap(int index) => (int)Math.Floor((index - (side / 2)) / 2.0) + (kernel / 2);
    }

    // Not the module's forward, which counts batches with an unprotected scalar (see ScalarMath).
    private static Tensor Normalise(Tensor input, BatchNorm2d norm) => functional.batch_norm(
        input, norm.running_mean!, norm.running_var!, norm.weight, norm.bias, norm.training, 0.1, NormEpsilon);

    // scale (x - mean) + shift stays the same function of x.
    private static void TakeStatistics(Tensor input, BatchNorm2d norm)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var values = input.Widen();
        var mean = values.mean([0, 2, 3]);
        var variance = values.var([0, 2, 3], unbiased: false);
        var scale = norm.weight! * norm.running_var!.Plus(NormEpsilon).rsqrt();
        norm.bias!.copy_(norm.bias!.Add(scale * mean.Subtract(norm.running_mean!)));
        norm.weight!.copy_(scale * variance.Plus(NormEpsilon).sqrt());
        norm.running_mean!.copy_(mean);
        norm.running_var!.copy_(variance);
    }

    private Tensor Convolve(Tensor input, Tensor weight, Tensor bias)
    {
        if (Precision == TrainingPrecision.BFloat16)
        {
            input = input.to(ScalarType.BFloat16);
            weight = weight.to(ScalarType.BFloat16).ChannelsLast();
            bias = bias.to(ScalarType.BFloat16);
        }
        else if (Precision == TrainingPrecision.Float32ChannelsLast)
        {
            weight = weight.ChannelsLast(); // the output, and so all later layers, have the same order
        }

        long[] stride = [Stride, Stride];
        long[] padding = [Kernel / 2, Kernel / 2];
        return Transposed
            ? functional.conv_transpose2d(input, weight, bias, stride, padding, [Stride - 1, Stride - 1])
            : functional.conv2d(input, weight, bias, stride, padding);
    }

    private static float[] ToArray(Tensor values) => values.detach().contiguous().cpu().data<float>().ToArray();

    private (Tensor Weight, Tensor Bias) FoldedTensors()
    {
        if (norm is null)
        {
            return (Weight, Bias);
        }

        var scale = norm.weight! * norm.running_var!.Plus(NormEpsilon).rsqrt();
        var weight = Weight * (Transposed ? scale.view(1, -1, 1, 1) : scale.view(-1, 1, 1, 1));
        return (weight, norm.bias!.Add(Bias.Subtract(norm.running_mean!) * scale));
    }
}
