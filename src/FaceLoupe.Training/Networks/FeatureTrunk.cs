using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Networks;

/// <summary>What heads read: gives the output of each of its stages, from fine to coarse.</summary>
internal abstract class FeatureTrunk(string name) : Module<Tensor, Tensor[]>(name)
{
    /// <summary>Channels of the last stage.</summary>
    public abstract int OutChannels { get; }

    /// <summary>Stops learning in the parts that the options name.</summary>
    public abstract void Freeze();
}
