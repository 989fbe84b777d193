using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>What G1 and G2 share (Table 1): conv, residual blocks, conv, and a shortcut around the blocks.</summary>
internal abstract class ResidualNetwork : Module<Tensor, Tensor>
{
    // Protected fields, because RegisterComponents of the derived class must see them; their names are checkpoint keys.
    protected readonly ConvNorm head;
    protected readonly ModuleList<ResidualBlock> blocks = new();
    protected readonly ConvNorm tail;

    protected ResidualNetwork(string name, int width, int blockCount, NormMode norm)
        : base(name)
    {
        head = new ConvNorm("head", 3, width, 3, 1, norm);
        for (var i = 0; i < blockCount; i++)
        {
            blocks.Add(new ResidualBlock($"block{i}", width, norm));
        }

        tail = new ConvNorm("tail", width, width, 3, 1, norm);
    }

    public ConvNorm Head => head;

    public IReadOnlyList<ResidualBlock> Blocks => [.. blocks];

    public ConvNorm Tail => tail;

    /// <summary>The paper's initialisation: Gaussian weights of deviation 0.02, zero biases (section 4.2).</summary>
    protected void InitialiseGaussian()
    {
        foreach (var layer in modules().OfType<ConvNorm>())
        {
            layer.InitialiseNormal(0.02);
        }
    }

    protected Tensor Features(Tensor input)
    {
        var first = head.forward(input);
        return tail.forward(blocks.Aggregate(first, (x, block) => block.forward(x))).Add(first);
    }
}

/// <summary>Two convolutions and a shortcut.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;

    public ResidualBlock(string name, int width, NormMode norm)
        : base(name)
    {
        conv1 = new ConvNorm("conv1", width, width, 3, 1, norm);
        conv2 = new ConvNorm("conv2", width, width, 3, 1, norm, relu: false);
        RegisterComponents();
    }

    public ConvNorm Conv1 => conv1;

    public ConvNorm Conv2 => conv2;

    public override Tensor forward(Tensor input) => conv2.forward(conv1.forward(input)).Add(input).relu_();
}
