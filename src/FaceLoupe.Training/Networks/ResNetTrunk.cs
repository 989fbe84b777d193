using FaceLoupe.Training.Pretrained;
using FaceLoupe.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of a ResNet v1 with bottleneck blocks; the defaults are ResNet-50.</summary>
internal sealed record ResNetOptions : IValidated
{
    /// <summary>Channels of the stem; a stage's output has 4 x width x 2^(stage - 1). 64 is needed for pretrained weights.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Blocks of each stage; fewer entries cut the trunk short.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Max-pool after the stem, as in the original; the paper's discriminator goes without.</summary>
    public bool StemMaxPool { get; init; } = true;

    /// <summary>Normalisation of every convolution; frozen suits pretrained weights, batch suits training from scratch.</summary>
    public NormMode Norm { get; init; } = NormMode.Frozen;

    /// <summary>Start from ImageNet weights (fetched with npm once, see Pretrained).</summary>
    public bool Pretrained { get; init; } = true;

    /// <summary>Stages (stem = 0) whose weights stay as they are: they save time and keep general edges.</summary>
    public int FrozenStages { get; init; }

    public int OutChannels(int stage) => 4 * Width << (stage - 1);

    public IEnumerable<string> Faults()
    {
        if (Width < 1 || Blocks.Count is < 1 or > 4 || Blocks.Any(b => b < 1))
        {
            yield return $"width and blocks (1 to 4 stages) must be at least 1";
        }

        if (Pretrained && (Width != 64 || !Blocks.SequenceEqual(new[] { 3, 4, 6, 3 }.Take(Blocks.Count))))
        {
            yield return $"pretrained weights need width 64 and blocks 3, 4, 6, 3 (or their beginning)";
        }

        if (Pretrained && Norm == NormMode.None)
        {
            yield return $"pretrained weights need norm frozen or batch";
        }

        if (FrozenStages < 0 || FrozenStages > Blocks.Count)
        {
            yield return $"frozenStages must be from 0 to the number of stages, was {FrozenStages}";
        }
    }
}

/// <summary>ResNet v1 (stride on the first 1x1 of a stage) without its classifier; gives the output of every stage.</summary>
internal sealed class ResNetTrunk : Module<Tensor, Tensor[]>
{
    private readonly ConvNorm stem;
    private readonly ModuleList<ModuleList<Bottleneck>> layers = new();
    private readonly ResNetOptions options;

    public ResNetTrunk(string name, ResNetOptions options)
        : base(name)
    {
        this.options = options;
        stem = new ConvNorm("stem", 3, options.Width, 7, 2, options.Norm);
        stem.InitialiseHe();
        var channels = options.Width;
        for (var stage = 1; stage <= options.Blocks.Count; stage++)
        {
            var blocks = new ModuleList<Bottleneck>();
            for (var i = 0; i < options.Blocks[stage - 1]; i++)
            {
                var stride = i == 0 && stage > 1 ? 2 : 1;
                var inner = options.Width << (stage - 1);
                blocks.Add(new Bottleneck($"layer{stage}.{i}", channels, inner, stride, i == 0, options.Norm));
                channels = 4 * inner;
            }

            layers.Add(blocks);
        }

        RegisterComponents();
    }

    /// <summary>Takes over ImageNet weights, turned to RGB in [-1, 1].</summary>
    public void Load(ResNet50Weights weights)
    {
        stem.Load(weights.Get("stem").FoldInput());
        foreach (var block in layers.SelectMany(l => l))
        {
            block.Load(weights);
        }
    }

    /// <summary>Stops learning in the stem and the first stages.</summary>
    public void Freeze()
    {
        if (options.FrozenStages > 0)
        {
            stem.SetTrainable(false);
            foreach (var layer in layers.Take(options.FrozenStages).SelectMany(l => l).SelectMany(b => b.Convolutions))
            {
                layer.SetTrainable(false);
            }
        }
    }

    public override Tensor[] forward(Tensor input)
    {
        var x = stem.forward(input);
        if (options.StemMaxPool)
        {
            x = functional.max_pool2d(x, 3, 2, 1);
        }

        var outputs = new Tensor[layers.Count];
        for (var stage = 0; stage < outputs.Length; stage++)
        {
            foreach (var block in layers[stage])
            {
                x = block.forward(x);
            }

            outputs[stage] = x;
        }

        return outputs;
    }

    internal ConvNorm Stem => stem;

    internal ResNetOptions Options => options;

    internal IEnumerable<IEnumerable<Bottleneck>> Stages => layers;
}

/// <summary>1x1 down, 3x3, 1x1 up, and the shortcut around them.</summary>
internal sealed class Bottleneck : Module<Tensor, Tensor>
{
    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;
    private readonly ConvNorm conv3;
    private readonly ConvNorm? downsample;

    public Bottleneck(string name, int inChannels, int inner, int stride, bool project, NormMode norm)
        : base(name)
    {
        conv1 = new ConvNorm("conv1", inChannels, inner, 1, stride, norm);
        conv2 = new ConvNorm("conv2", inner, inner, 3, 1, norm);
        conv3 = new ConvNorm("conv3", inner, 4 * inner, 1, 1, norm, relu: false);
        downsample = project ? new ConvNorm("downsample", inChannels, 4 * inner, 1, stride, norm, relu: false) : null;
        RegisterComponents();
        foreach (var conv in Convolutions)
        {
            conv.InitialiseHe();
        }
    }

    public IEnumerable<ConvNorm> Convolutions =>
        downsample is null ? [conv1, conv2, conv3] : [conv1, conv2, conv3, downsample];

    public ConvNorm Conv1 => conv1;

    public ConvNorm Conv2 => conv2;

    public ConvNorm Conv3 => conv3;

    public ConvNorm? Downsample => downsample;

    public void Load(ResNet50Weights weights)
    {
        foreach (var conv in Convolutions)
        {
            conv.Load(weights.Get($"{GetName()}.{conv.GetName()}"));
        }
    }

    public override Tensor forward(Tensor input)
    {
        var shortcut = downsample?.forward(input) ?? input;
        var y = conv3.forward(conv2.forward(conv1.forward(input)));
        return (y + shortcut).relu_();
    }
}
