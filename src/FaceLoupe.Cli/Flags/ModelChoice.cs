using FaceLoupe.Models;

namespace FaceLoupe.Cli.Flags;

/// <summary>Which model a verb runs, and on what.</summary>
/// <param name="Folder">Folder of the model; null: the default.</param>
/// <param name="Threads">Threads for one run of a network; 0: one per core.</param>
/// <param name="Device">What the networks run on, where it is available.</param>
internal sealed record ModelChoice(string? Folder = null, int Threads = 0, Device Device = Device.Cpu)
{
    /// <summary>Opens the model, and reports if another model or device is used instead.</summary>
    /// <param name="tell">Takes the lines with the reason.</param>
    /// <exception cref="FaceLoupeException">The model is missing or invalid.</exception>
    public ModelBundle Open(Action<string> tell)
    {
        var bundle = ModelBundle.Open(Folder, Threads, Device);
        foreach (var note in new[] { bundle.ModelNote, bundle.DeviceNote }.OfType<string>())
        {
            tell(note);
        }

        return bundle;
    }
}
