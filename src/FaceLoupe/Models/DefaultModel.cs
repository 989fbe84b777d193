namespace FaceLoupe.Models;

/// <summary>
/// Which model runs where nobody names one: the only place where that is decided (docs/decisions/0025). On every
/// processor it is the one in 8 bits: nothing else is within a point of its average precision and faster. A graphics
/// card is better with floats.
/// </summary>
internal static class DefaultModel
{
    /// <summary>The model with floats that <see cref="ModelBundle.DefaultName"/> was made of.</summary>
    public const string FloatName = "full";

    /// <summary>Chooses.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="device">What the networks will run on: the processor, unless another device is there.</param>
    /// <param name="find">Finds the folder of a model by name; null: there is none.</param>
    /// <returns>The folder, null if there is none, and why it is that one.</returns>
    public static (string? Folder, string Reason) Choose(
        ProcessorFeatures processor, Device device, Func<string, string?> find) =>
        device != Device.Cpu && find(FloatName) is { } floats
            ? (floats, $"the default for {device}, which is made for floats")
            : (find(ModelBundle.DefaultName), $"the default for {(device == Device.Cpu ? processor : device)}");
}
