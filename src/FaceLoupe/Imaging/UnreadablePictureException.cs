namespace FaceLoupe.Imaging;

/// <summary>
/// An image could not be read: missing, empty, truncated, not an image, or absurdly large. One line, naming it.
/// </summary>
public sealed class UnreadablePictureException : FaceLoupeException
{
    /// <summary>Creates the exception with a message of one line.</summary>
    public UnreadablePictureException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message of one line and the fault beneath it.</summary>
    public UnreadablePictureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a message; prefer the other constructors.</summary>
    public UnreadablePictureException()
    {
    }
}
