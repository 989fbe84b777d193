namespace FaceLoupe.Cli.Streams;

/// <summary>The file system refused to write results, so the run ends.</summary>
internal sealed class OutputRefusedException(FaceLoupeException fault) : FaceLoupeException(
    fault.Message.TrimEnd('.') + "; what was finished before is kept.", fault)
{
    /// <summary>Writes, and distinguishes a refusal of the file system from a fault of one image.</summary>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public static void Check(Action write)
    {
        try
        {
            write();
        }
        catch (FaceLoupeException fault) when (fault.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new OutputRefusedException(fault);
        }
    }
}
