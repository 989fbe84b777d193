using FaceLoupe.Training.Pretrained;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>ResNet v1 (stride on a stage's first convolution) without classifier; returns all stage outputs.</summary>
internal sealed class ResNetTrunk : FeatureTrunk
{
    private readonly ConvNorm stem;
    private readonly ModuleList<ModuleList<TrunkBlock>> layers = new();
    private readonly ResNetOptions options;

    public ResNetTrunk(string name, ResNetOptions options)
        : base(name)
    {
        this.options = options;
        stem = new ConvNorm("stem", 3, options.Width, options.StemKernel, 2, options.Norm);
        stem.InitialiseHe();
        var channels = options.Width;
        for (var stage = 1; stage <= options.Blocks.Count; stage++)
        {
            var blocks = new ModuleList<TrunkBlock>();
            for (var i = 0; i < options.Blocks[stage - 1]; i++)
            {
                var stride = i == 0 && stage > 1 ? 2 : 1;
                blocks.Add(new TrunkBlock(
                    $"layer{stage}.{i}", options.Block, channels, options.InnerChannels(stage),
                    options.OutChannels(stage), stride, options.Norm));
                channels = options.OutChannels(stage);
            }

            layers.Add(blocks);
        }

        RegisterComponents();
    }

    /// <summary>Loads ImageNet weights, converted to RGB in [-1, 1].</summary>
    public void Load(ResNet50Weights weights)
    {
        stem.Load(weights.Get("stem").FoldInput());
        foreach (var block in layers.SelectMany(l => l))
        {
            block.Load(weights);
        }
    }

    public override int OutChannels => options.OutChannels(options.Blocks.Count);

    /// <summary>Freezes the stem and the first stages.</summary>
    public override void Freeze()
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
        var x = Enter(input);
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

    /// <summary>The stem and its max-pool: the input of the first stage.</summary>
    internal Tensor Enter(Tensor input)
    {
        var x = stem.forward(input);
        return options.StemMaxPool ? functional.max_pool2d(x, 3, 2, 1) : x;
    }

    internal ConvNorm Stem => stem;

    internal ResNetOptions Options => options;

    internal IEnumerable<IEnumerable<TrunkBlock>> Stages => layers;
}
