using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>A trunk, which returns the output of each stage, from fine to coarse.</summary>
internal abstract class FeatureTrunk(string name) : Module<Tensor, Tensor[]>(name)
{
    /// <summary>Channels of the last stage.</summary>
    public abstract int OutChannels { get; }

    /// <summary>Freezes the parts that the options name.</summary>
    public abstract void Freeze();
}
