namespace FaceLoupe;

/// <summary>
/// A fault of the input (an image, a file, an option), reported in one line: what was given, what was expected, what to
/// do. Command lines print the message alone and exit with code 2.
/// </summary>
public class FaceLoupeException : Exception
{
    /// <summary>Creates the exception with a message of one line.</summary>
    public FaceLoupeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message of one line and the fault beneath it.</summary>
    public FaceLoupeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a message; prefer the other constructors.</summary>
    public FaceLoupeException()
    {
    }
}
