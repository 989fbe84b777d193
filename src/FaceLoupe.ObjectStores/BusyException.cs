namespace FaceLoupe.ObjectStores;

/// <summary>A place did not answer, or not to the end: another try may do better.</summary>
internal sealed class BusyException(string message, Exception? fault = null) : Exception(message, fault);
