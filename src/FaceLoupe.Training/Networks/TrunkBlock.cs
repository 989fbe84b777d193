using FaceLoupe.Training.Pretrained;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>A residual block: 1x1, 3x3, 1x1 (bottleneck), or two of 3x3 (basic); a stride is on the first.</summary>
internal sealed class TrunkBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;
    private readonly ConvNorm? conv3;
    private readonly ConvNorm? downsample;

    public TrunkBlock(
        string name, BlockKind kind, int inChannels, int inner, int outChannels, int stride, NormMode norm)
        : base(name)
    {
        if (kind == BlockKind.Bottleneck)
        {
            conv1 = new ConvNorm("conv1", inChannels, inner, 1, stride, norm);
            conv2 = new ConvNorm("conv2", inner, inner, 3, 1, norm);
            conv3 = new ConvNorm("conv3", inner, outChannels, 1, 1, norm, relu: false);
        }
        else
        {
            conv1 = new ConvNorm("conv1", inChannels, inner, 3, stride, norm);
            conv2 = new ConvNorm("conv2", inner, outChannels, 3, 1, norm, relu: false);
        }

        downsample = stride > 1 || inChannels != outChannels
            ? new ConvNorm("downsample", inChannels, outChannels, 1, stride, norm, relu: false)
            : null;
        RegisterComponents();
        foreach (var conv in Convolutions)
        {
            conv.InitialiseHe();
        }
    }

    /// <summary>The convolutions one after the other, without the shortcut's.</summary>
    public ConvNorm[] Body => conv3 is null ? [conv1, conv2] : [conv1, conv2, conv3];

    /// <summary>The shortcut's convolution; null if the shortcut is the input itself.</summary>
    public ConvNorm? Downsample => downsample;

    /// <summary>All convolutions.</summary>
    public IEnumerable<ConvNorm> Convolutions => downsample is null ? Body : [.. Body, downsample];

    /// <summary>Output channels of a block over those within it, unless the options name them.</summary>
    public static int Expansion(BlockKind kind) => kind == BlockKind.Bottleneck ? 4 : 1;

    public void Load(ResNet50Weights weights)
    {
        foreach (var conv in Convolutions)
        {
            conv.Load(weights.Get($"{GetName()}.{conv.GetName()}"));
        }
    }

    public override Tensor forward(Tensor input) => BeforeRelu(input).relu_();

    /// <summary>The block's output before its last ReLU.</summary>
    internal Tensor BeforeRelu(Tensor input)
    {
        var y = conv2.forward(conv1.forward(input));
        return (conv3?.forward(y) ?? y).Add(Shortcut(input));
    }

    /// <summary>The block's output, from the output of its <see cref="Body"/>.</summary>
    internal Tensor Join(Tensor body, Tensor input) => body.Add(Shortcut(input)).relu_();

    /// <summary>What is added to the output of the <see cref="Body"/>.</summary>
    internal Tensor Shortcut(Tensor input) => downsample?.forward(input) ?? input;
}
