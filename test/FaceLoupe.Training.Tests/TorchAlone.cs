namespace FaceLoupe.Training.Tests;

/// <summary>
/// Tests that want torch's random numbers, its count of tensors or the console for themselves: none runs beside another.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchAlone
{
    public const string Name = "torch alone";
}
