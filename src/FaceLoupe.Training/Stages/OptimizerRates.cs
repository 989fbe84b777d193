using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Sets the learning rate of a step.</summary>
internal static class OptimizerRates
{
    public static void SetLearningRate(this optim.Optimizer optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }
}
