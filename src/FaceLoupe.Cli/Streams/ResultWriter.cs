using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard output for results. A full disk causes a fault of one line, as with a file; a closed pipe ends the run.
/// </summary>
/// <param name="inner">The underlying writer.</param>
/// <param name="terminal">
/// Whether it is a terminal, which gets no escape sequences; files and programs get names unchanged.
/// </param>
internal sealed class ResultWriter(TextWriter inner, bool terminal = false) : GuardedWriter(inner)
{
    private const string Name = "standard output";

    // EPIPE; ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    private static readonly int[] BrokenPipe = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    /// <inheritdoc/>
    protected override string Shown(string text, bool isLine) => terminal ? PlainText.Lines(text) : text;

    /// <inheritdoc/>
    protected override void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault) when (BrokenPipe.Contains(fault.HResult))
        {
            throw new ReaderGoneException(fault);
        }
        catch (IOException fault)
        {
            throw AtomicFile.Refused(Name, fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new FaceLoupeException($"{Name}: is closed; redirect it to a file, a program or /dev/null.", fault);
        }
    }
}

/// <summary>The reader of standard output, such as <c>head</c>, has closed the pipe, so the run ends.</summary>
internal sealed class ReaderGoneException(IOException fault) : Exception(fault.Message, fault);
