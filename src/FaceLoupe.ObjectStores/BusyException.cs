namespace FaceLoupe.ObjectStores;

/// <summary>A server did not respond, or broke off: a retry may succeed.</summary>
internal sealed class BusyException(string message, Exception? fault = null) : Exception(message, fault);
