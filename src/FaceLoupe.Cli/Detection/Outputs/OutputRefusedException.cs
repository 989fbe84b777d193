namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>The file system refused to write results: there is no point in going on.</summary>
internal sealed class OutputRefusedException(FaceLoupeException fault) : FaceLoupeException(
    fault.Message.TrimEnd('.') + "; what was finished before is kept.", fault)
{
    /// <summary>Writes, and tells what the file system refused from what is wrong with one image.</summary>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public static void Guard(Action write)
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
