namespace FaceLoupe.ObjectStores;

/// <summary>A kind of place that objects are read from.</summary>
internal interface ISource
{
    /// <summary>Opens an object.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="offset">The first byte to read.</param>
    /// <param name="version">The version that the earlier bytes are of; null: there are none.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The object; null: there is none.</returns>
    OpenedObject? Open(string place, long offset, string? version, CancellationToken stop);
}
