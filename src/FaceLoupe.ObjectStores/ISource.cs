namespace FaceLoupe.ObjectStores;

/// <summary>A kind of place that objects are read from.</summary>
internal interface ISource
{
    /// <summary>Opens an object.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="offset">The first byte that is wanted.</param>
    /// <param name="version">The version of which the bytes before are known; null: none are.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The object; null: there is none.</returns>
    OpenedObject? Open(string place, long offset, string? version, CancellationToken stop);
}
