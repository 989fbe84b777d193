namespace FaceLoupe.DependencyInjection;

/// <summary>
/// Which model the detector of an application loads, and how it works. Configuration binds to it:
/// <c>{"ModelFolder": "/srv/model", "Detector": {"MinScore": 0.4}}</c>.
/// </summary>
public sealed class FaceLoupeOptions
{
    /// <summary>
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </summary>
    public string? ModelFolder { get; set; }

    /// <summary>Options of the detector. Default: the detector's own defaults.</summary>
    public DetectorOptions Detector { get; set; } = new();
}
