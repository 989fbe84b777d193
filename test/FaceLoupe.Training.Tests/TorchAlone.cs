namespace FaceLoupe.Training.Tests;

/// <summary>
/// Tests that want torch's random numbers, its count of tensors or the console to themselves: one runs at a time.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchAlone
{
    public const string Name = "torch alone";
}
