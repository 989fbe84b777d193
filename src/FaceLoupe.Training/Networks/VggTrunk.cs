using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>
/// VGG without classifier and without the last max-pool, which small faces would not survive (the paper's section 3.3);
/// returns the output of every block.
/// </summary>
internal sealed class VggTrunk : FeatureTrunk
{
    private readonly ModuleList<ModuleList<ConvNorm>> blocks = new();
    private readonly VggOptions options;

    public VggTrunk(string name, VggOptions options)
        : base(name)
    {
        this.options = options;
        var channels = 3;
        for (var block = 1; block <= options.Blocks.Count; block++)
        {
            var layers = new ModuleList<ConvNorm>();
            for (var i = 0; i < options.Blocks[block - 1]; i++)
            {
                layers.Add(new ConvNorm($"conv{block}.{i}", channels, options.OutChannels(block), 3, 1, options.Norm));
                layers[^1].InitialiseHe();
                channels = options.OutChannels(block);
            }

            blocks.Add(layers);
        }

        RegisterComponents();
    }

    /// <summary>The convolutions of each block.</summary>
    public IEnumerable<IEnumerable<ConvNorm>> Blocks => blocks;

    public override int OutChannels => options.OutChannels(options.Blocks.Count);

    public override void Freeze()
    {
        // All of it is trained from scratch.
    }

    public override Tensor[] forward(Tensor input)
    {
        var outputs = new Tensor[blocks.Count];
        for (var block = 0; block < outputs.Length; block++)
        {
            var x = block == 0 ? input : functional.max_pool2d(outputs[block - 1], 2, 2);
            outputs[block] = blocks[block].Aggregate(x, (y, layer) => layer.forward(y));
        }

        return outputs;
    }
}
