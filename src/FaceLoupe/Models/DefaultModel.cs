namespace FaceLoupe.Models;

/// <summary>
/// Chooses the default model (docs/decisions/0025): on a CPU the 8-bit one, since no other is as fast within a point of
/// its average precision; on a graphics card the one in floats.
/// </summary>
internal static class DefaultModel
{
    /// <summary>The float model that <see cref="ModelBundle.DefaultName"/> was quantised from.</summary>
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
